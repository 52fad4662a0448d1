// Lints an AsyncAPI document: node lint-asyncapi.mjs FILE. Says what is wrong, one problem a line, and ends with 1 if anything is.
import { readFile } from 'node:fs/promises';
import { Parser } from '@asyncapi/parser';

const WARNING = 1;
// What is less than a warning says that there is a later version of the specification
const problems = (await new Parser().validate(await readFile(process.argv[2], 'utf8')))
  .filter(({ severity }) => severity <= WARNING);
for (const { code, path, message } of problems) {
  console.log(`${code} ${path.join('/')}: ${message}`);
}
process.exit(problems.length === 0 ? 0 : 1);
