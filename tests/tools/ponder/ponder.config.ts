// An indexer of Lineage's works and what they were paid, as Ponder's documentation sets one up.
import { createConfig } from "ponder";
import { parseAbi } from "viem";

const works = parseAbi([
  "event WorkMinted(uint256 indexed tokenId, address indexed creator, bytes32 indexed outputHash, bytes32 processRoot, uint16 stepCount, uint64 claimedAt)",
]);
const payments = parseAbi([
  "event Paid(uint64 indexed work, address indexed asset, address indexed payer, uint16 epoch, uint256 amount, bytes32 ref, uint8 way)",
]);

export default createConfig({
  database: { kind: "pglite", directory: process.env.INDEX },
  chains: { node: { id: 412346, rpc: process.env.NODE_URL, ws: process.env.NODE_SOCKET, pollingInterval: 200 } },
  contracts: {
    Works: {
      chain: "node",
      abi: works,
      address: process.env.COLLECTION as `0x${string}`,
      startBlock: 0,
      includeTransactionReceipts: true,
    },
    Payments: { chain: "node", abi: payments, address: process.env.ROUTER as `0x${string}`, startBlock: 0 },
  },
});
