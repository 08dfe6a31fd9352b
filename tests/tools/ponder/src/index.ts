// From events to works.
import { ponder } from "ponder:registry";
import { work } from "ponder:schema";

ponder.on("Works:WorkMinted", async ({ event, context }) => {
  const { tokenId, creator, outputHash } = event.args;
  const mintGas = event.transactionReceipt.gasUsed;
  await context.db.insert(work).values({ id: tokenId, creator, outputHash, mintGas, paid: 0n });
});

ponder.on("Payments:Paid", async ({ event, context }) => {
  await context.db.update(work, { id: event.args.work }).set((row) => ({ paid: row.paid + event.args.amount }));
});
