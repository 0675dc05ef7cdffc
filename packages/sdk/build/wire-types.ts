// Generates the types of requests and responses for the published package: plain objects, without Zod and without the
// server. Named types come from the contract, the router's types from its procedures.
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { TypePrinter } from './type-printer.ts';

const PACKAGE = join(import.meta.dirname, '..');
const IMPORT = /(?:import|export) type \{([^}]*)\} from '@lorebox\/(contract|api)\/[\w-]+'/g;

/** Returns TypeScript source with every type that the SDK uses from the contract and the router. */
export function createWireTypes(): string {
  const program = createProgram();
  const checker = program.getTypeChecker();
  const contract = program.getSourceFiles().filter(({ fileName }) => /\/packages\/contract\/src\//.test(fileName));
  const declarations = new Map(contract.flatMap((file) => [...namedTypes(file, checker)]));
  const inputs = inputTypes(program, checker);
  const names = new Map<ts.Type, string>();
  for (const [name, { type, node }] of declarations) {
    const isNameable = type.isUnion() || (type.flags & ts.TypeFlags.Object) !== 0;
    if (isNameable && !node.typeParameters && !names.has(type) && !inputs.has(name)) names.set(type, name);
  }
  const printer = new TypePrinter(checker, names);
  const router = program.getSourceFiles().find(({ fileName }) => fileName.endsWith('/packages/api/src/router.ts'));
  if (!router) throw new Error('The router was not found.');
  const parts = [printRouter(router, checker, printer)];

  for (const [name, { type, doc }] of inputs)
    parts.push(`${doc}export type ${name} = ${printer.printWhole(type, '')};\n`);
  const wanted = importedNames().filter((name) => name !== 'AppRouter');
  for (const name of wanted) printer.used.add(name);
  // Grows during the loop, because types refer to other types.
  for (const name of printer.used) {
    const found = declarations.get(name);
    if (!found) throw new Error(`The contract has no type "${name}".`);
    parts.push(printDeclaration(name, found, declarations, printer));
  }
  return `${HEADER}\n${parts.join('\n')}`;
}

const HEADER = `import type {
  TRPCBuiltRouter,
  TRPCDefaultErrorShape,
  TRPCMutationProcedure,
  TRPCQueryProcedure,
  TRPCSubscriptionProcedure,
} from '@trpc/server';
`;

interface NamedType {
  type: ts.Type;
  node: ts.TypeAliasDeclaration | ts.InterfaceDeclaration;
  /** Source of the schema that the type is inferred from. */
  source: string;
  doc: string;
}

function createProgram(): ts.Program {
  const config = ts.readConfigFile(join(PACKAGE, '../../tsconfig.json'), ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent(config.config, ts.sys, join(PACKAGE, '../..'));
  return ts.createProgram([join(PACKAGE, 'src/index.ts'), join(PACKAGE, 'src/webhooks.ts')], options);
}

/** Returns the types of src/inputs.ts, which are derived from the router. */
function inputTypes(program: ts.Program, checker: ts.TypeChecker): Map<string, NamedType> {
  const file = program.getSourceFile(join(PACKAGE, 'src/inputs.ts'));
  if (!file) throw new Error('src/inputs.ts was not found.');
  const isExported = (node: ts.Node) => ts.isTypeAliasDeclaration(node) && node.modifiers !== undefined;
  return new Map([...namedTypes(file, checker)].filter(([, { node }]) => isExported(node)));
}

/** Returns the names that the sources import. */
function importedNames(): string[] {
  const sources = globSync('src/**/*.ts', { cwd: PACKAGE }).filter((file) => !/\.test\.ts$/.test(file));
  const names = sources.flatMap((file) =>
    [...readFileSync(join(PACKAGE, file), 'utf8').matchAll(IMPORT)].flatMap(([, list = '']) =>
      list.split(',').map((name) => name.trim().replace(/ as .*$/s, '')),
    ),
  );
  return [...new Set(names.filter((name) => name !== ''))].sort();
}

function* namedTypes(file: ts.SourceFile, checker: ts.TypeChecker): Generator<[string, NamedType]> {
  const constants = new Map<string, ts.Node>();
  for (const node of file.statements) {
    if (ts.isVariableStatement(node)) {
      for (const { name } of node.declarationList.declarations) constants.set(name.getText(), node);
    }
  }
  for (const node of file.statements) {
    if (!ts.isTypeAliasDeclaration(node) && !ts.isInterfaceDeclaration(node)) continue;
    const name = node.name.text;
    // A schema and its type share a name. The comment is above the first of them.
    const schema = constants.get(name);
    const doc = commentOf(node) || commentOf(schema);
    yield [name, { type: checker.getTypeAtLocation(node.name), node, source: schema?.getText() ?? '', doc }];
  }
}

function commentOf(node: ts.Node | undefined): string {
  const comments = node ? ts.getJSDocCommentsAndTags(node).filter(ts.isJSDoc) : [];
  return comments.map((comment) => `${comment.getText()}\n`).join('');
}

function printDeclaration(
  name: string,
  { type, node, source, doc }: NamedType,
  declarations: ReadonlyMap<string, NamedType>,
  printer: TypePrinter,
): string {
  if (node.typeParameters || ts.isInterfaceDeclaration(node)) {
    const text = node.getText();
    for (const [word] of text.matchAll(/\b[A-Z]\w*\b/g)) if (declarations.has(word)) printer.used.add(word);
    return `${doc}${text}\n`;
  }
  return `${doc}export type ${name} = ${printer.printWhole(type, source)};\n`;
}

function printRouter(file: ts.SourceFile, checker: ts.TypeChecker, printer: TypePrinter): string {
  const alias = file.statements.find((node) => ts.isTypeAliasDeclaration(node) && node.name.text === 'AppRouter');
  if (!alias || !ts.isTypeAliasDeclaration(alias)) throw new Error('The router exports no AppRouter.');
  const member = (type: ts.Type, ...path: string[]): ts.Type =>
    path.reduce((owner, key) => {
      const symbol = checker.getPropertyOfType(owner, key);
      if (!symbol) throw new Error(`tRPC's types have changed: no "${key}" in ${checker.typeToString(owner)}.`);
      return checker.getTypeOfSymbol(symbol);
    }, type);
  const router = checker.getTypeAtLocation(alias.name);
  const printRecord = (record: ts.Type): string =>
    `{\n${checker
      .getPropertiesOfType(record)
      .map((symbol) => {
        const type = checker.getTypeOfSymbol(symbol);
        return `${symbol.name}: ${checker.getPropertyOfType(type, '_def') ? printProcedure(type) : printRecord(type)};\n`;
      })
      .join('')
      .replace(/^(?=.)/gm, '  ')}}`;
  const printProcedure = (type: ts.Type): string => {
    const kind = checker.typeToString(member(type, '_def', 'type')).replaceAll('"', '');
    const [input, output] = ['input', 'output'].map((key) => printer.print(member(type, '_def', '$types', key)));
    return `TRPC${kind[0]?.toUpperCase()}${kind.slice(1)}Procedure<{ input: ${input}; output: ${output}; meta: unknown }>`;
  };
  const data = member(router, '_def', '_config', '$types', 'errorShape', 'data');
  const extra = ['appCode', 'requestId', 'retryAfter', 'fields'].map(
    (key) => `${key}: ${printer.print(member(data, key))}`,
  );
  return `/** The types of the server's router, for clients and adapters of tRPC of your own. */
export type AppRouter = TRPCBuiltRouter<
  { ctx: object; meta: object; errorShape: TRPCDefaultErrorShape & { data: { ${extra.join('; ')} } }; transformer: true },
  ${printRecord(member(router, '_def', 'record'))}
>;
`;
}
