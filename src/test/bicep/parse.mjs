// Prints file, line and text of whatever does not parse, and nothing where all does.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Language, Parser } from 'web-tree-sitter';

await Parser.init();
const grammar = fileURLToPath(import.meta.resolve('tree-sitter-bicep/tree-sitter-bicep.wasm'));
const parser = new Parser();
parser.setLanguage(await Language.load(grammar));

function report(file, node) {
  if (node.isError || node.isMissing) {
    const what = node.isMissing ? `${node.type} is missing` : node.text.split('\n')[0];
    console.log(`${file}:${node.startPosition.row + 1}: ${what}`);
  } else if (node.hasError) {
    node.children.forEach((child) => report(file, child));
  }
}

for (const file of process.argv.slice(2)) {
  report(file, parser.parse(readFileSync(file, 'utf8')).rootNode);
}
