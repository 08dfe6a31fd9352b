// What the module for browsers says to values of other kinds than it takes: `node refused.cjs JAVASCRIPT` prints a line for each.
const { runInNewContext } = require("node:vm");

const reader = require(process.argv[2]);
const CREATOR = "0x0101010101010101010101010101010101010101";
const bytesOf = (text) => new TextEncoder().encode(text);
const poem = bytesOf("a poem");
const statement = bytesOf(reader.record(poem, "poem.txt", CREATOR));

const say = (what, ask) => {
  let said;
  try {
    said = `gives ${typeof ask()}`;
  } catch (error) {
    said = error instanceof Error ? error.message : error;
  }
  console.log(`${what}: ${said}`);
};

for (const [what, value] of [
  ["ArrayBuffer", poem.buffer],
  ["text", "a poem"],
  ["list", [...poem]],
  ["Float64Array", Float64Array.from(poem)],
  ["null", null],
  ["nothing", undefined],
]) {
  say(`cid of ${what}`, () => reader.cid(value));
}
say("inspect of ArrayBuffer", () => reader.inspect(poem.buffer, "poem.txt"));
say("record of ArrayBuffer", () => reader.record(poem.buffer, "poem.txt", CREATOR));
say("record of no bytes", () => reader.record(new Uint8Array(), "poem.txt", CREATOR));
say("checkStatement of text", () => reader.checkStatement("{}"));
say("checkProof of text", () => reader.checkProof("{}"));
for (const step of [null, undefined, "", "0", true, []]) {
  say(`reveal of ${JSON.stringify(step)}`, () => reader.reveal(statement, step));
}
say("sidecar as ArrayBuffer", () => reader.inspect(poem, "poem.png", { "poem.txt": poem.buffer }));
say("sidecars as Map", () => reader.inspect(poem, "poem.png", new Map([["poem.txt", poem]])));
say("cid of another window's array", () => reader.cid(runInNewContext("new Uint8Array(3)")));
say("cid of Buffer", () => reader.cid(Buffer.from("a poem")));
