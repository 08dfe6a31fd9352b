// What is kept of a work.
import { onchainTable } from "ponder";

export const work = onchainTable("work", (t) => ({
  id: t.bigint().primaryKey(),
  creator: t.hex().notNull(),
  outputHash: t.hex().notNull(),
  mintGas: t.bigint().notNull(),
  paid: t.bigint().notNull(),
}));
