// What the module for browsers says of files: `node answers.cjs JAVASCRIPT FOLDER` prints a line of JSON for each file of the folder.
const { readFileSync, readdirSync } = require("node:fs");
const { join } = require("node:path");

const [javascript, folder] = process.argv.slice(2);
const reader = require(javascript);
const CREATOR = "0x0101010101010101010101010101010101010101";
const bytesOf = (text) => new TextEncoder().encode(text);

// What a function returns, or the words of the error that it throws.
const said = (ask) => {
  try {
    return { is: ask() ?? null };
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    return { error: error.message };
  }
};

const files = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isFile());
for (const { name } of files) {
  const bytes = readFileSync(join(folder, name));
  const answer = { name, inspect: said(() => reader.inspect(bytes, name)), cid: reader.cid(bytes) };
  answer.statement = said(() => reader.record(bytes, name, CREATOR));
  answer.proofs = [];
  if (answer.statement.is) {
    const statement = bytesOf(answer.statement.is);
    answer.checked = JSON.parse(reader.checkStatement(statement));
    // A number that would wrap to a step would disclose it.
    for (const step of [65536, -1, 0.5, NaN]) {
      if (said(() => reader.reveal(statement, step)).error !== `${step} is no step: they are counted from 0`) {
        throw new Error(`step ${step} of ${name}`);
      }
    }
    // One past the last as well.
    for (let step = 0; step <= answer.checked.stepCount; step += 1) {
      const proof = said(() => reader.reveal(statement, step));
      const check = (text) => said(() => reader.checkProof(bytesOf(text)));
      const checks = proof.is && [check(proof.is), check(proof.is.replace('"index":', '"index":1'))];
      answer.proofs.push({ proof, checks });
    }
  }
  console.log(JSON.stringify(answer));
}
