// Writes api-report.md, checked in: everything that the built package exports, with its signature, so that a change of the
// public face shows in review. Made from dist/, which it builds first.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { buildPackage } from './build.ts';

const PACKAGE = join(import.meta.dirname, '..');
const ENTRIES = { '@lorebox/sdk': 'index.d.ts', '@lorebox/sdk/webhooks': 'webhooks.d.ts' };
const INTRO = `# What @lorebox/sdk exports

Made by \`node packages/sdk/build/api-report.ts\` from the built declarations; comments and private members are left out.
What an export mentions, but is not exported itself, stands at the end of its entry.
`;

type Declaration = ts.ClassDeclaration | ts.InterfaceDeclaration | ts.TypeAliasDeclaration | ts.FunctionDeclaration;

const isDeclaration = (node: ts.Node): node is Declaration =>
  ts.isClassDeclaration(node) ||
  ts.isInterfaceDeclaration(node) ||
  ts.isTypeAliasDeclaration(node) ||
  ts.isFunctionDeclaration(node);

function describeEntry(name: string, file: string): string {
  const source = ts.createSourceFile(file, readFileSync(join(PACKAGE, 'dist', file), 'utf8'), ts.ScriptTarget.Latest);
  const declarations = new Map<string, Declaration>();
  const exported: string[] = [];
  const values = new Set<string>();
  for (const node of source.statements) {
    if (isDeclaration(node) && node.name) declarations.set(node.name.text, node);
    else if (ts.isExportDeclaration(node) && node.exportClause && ts.isNamedExports(node.exportClause)) {
      for (const { name: own, propertyName, isTypeOnly } of node.exportClause.elements) {
        if (propertyName) throw new Error(`Exported under another name: ${own.text}`);
        exported.push(own.text);
        if (!isTypeOnly) values.add(own.text);
      }
    } else if (!ts.isImportDeclaration(node)) throw new Error(`Not known what to do with: ${node.getText(source)}`);
  }
  const print = (one: string) => {
    const declaration = declarations.get(one);
    if (!declaration) throw new Error(`"${one}" is exported but declared elsewhere.`);
    return printDeclaration(declaration, source, values.has(one));
  };
  const printed = new Map(exported.sort().map((one) => [one, print(one)]));
  // Grows while it is walked.
  for (const [, text] of printed) {
    for (const [word] of text.matchAll(/\b[A-Z]\w*\b/g)) {
      if (declarations.has(word) && !printed.has(word)) printed.set(word, print(word));
    }
  }
  const mentioned = [...printed.keys()].filter((one) => !exported.includes(one)).sort();
  const block = (names: readonly string[]) =>
    `\`\`\`ts\n${names.map((one) => printed.get(one)).join('\n\n')}\n\`\`\`\n`;
  const rest = mentioned.length === 0 ? '' : `\n### Mentioned\n\n${block(mentioned)}`;
  return `\n## ${name}\n\n${block(exported)}${rest}`;
}

/** Whoever can't import a class can't make its objects: its constructor is nobody's business. */
function printDeclaration(node: Declaration, source: ts.SourceFile, isValue: boolean): string {
  const isPublic = (member: ts.ClassElement) =>
    !ts.getModifiers(member as ts.PropertyDeclaration)?.some(({ kind }) => kind === ts.SyntaxKind.PrivateKeyword) &&
    (isValue || !ts.isConstructorDeclaration(member));
  const shown = ts.isClassDeclaration(node)
    ? ts.factory.updateClassDeclaration(
        node,
        node.modifiers,
        node.name,
        node.typeParameters,
        node.heritageClauses,
        node.members.filter(isPublic),
      )
    : node;
  const printer = ts.createPrinter({ removeComments: true });
  return printer
    .printNode(ts.EmitHint.Unspecified, shown, source)
    .replace(/^(?: {4})+/gm, (indent) => indent.replaceAll('    ', '  '));
}

await buildPackage();
const entries = Object.entries(ENTRIES).map(([name, file]) => describeEntry(name, file));
writeFileSync(join(PACKAGE, 'api-report.md'), INTRO + entries.join(''));
