import ts from 'typescript';

/**
 * Writes types out in full, and uses the names of known types, so that the result doesn't depend on the original
 * sources.
 */
export class TypePrinter {
  /** Names that were used. The caller must declare them. */
  readonly used = new Set<string>();
  private readonly checker: ts.TypeChecker;
  private readonly names: ReadonlyMap<ts.Type, string>;
  private readonly unions: readonly { name: string; members: readonly ts.Type[] }[];

  constructor(checker: ts.TypeChecker, names: ReadonlyMap<ts.Type, string>) {
    this.checker = checker;
    this.names = names;
    this.unions = [...names]
      .flatMap(([type, name]) => (type.isUnion() ? [{ name, members: type.types }] : []))
      .sort((a, b) => b.members.length - a.members.length);
  }

  print(type: ts.Type, source = ''): string {
    const name = this.names.get(type);
    return name === undefined ? this.printWhole(type, source) : this.use(name);
  }

  /**
   * Prints the type itself where its name would otherwise appear. The checker sorts unions in the order it met their
   * members; `source`, the text that declares them, has the author's order.
   */
  printWhole(type: ts.Type, source: string): string {
    if (type.isUnion()) return this.printUnion(type, source);
    if (type.flags & ts.TypeFlags.Object) return this.printObject(type as ts.ObjectType);
    const simple = ts.TypeFlags.Any | ts.TypeFlags.Unknown | ts.TypeFlags.StringLike | ts.TypeFlags.NumberLike;
    const rest = ts.TypeFlags.BooleanLike | ts.TypeFlags.Null | ts.TypeFlags.Undefined | ts.TypeFlags.Void;
    if (type.flags & (simple | rest)) return this.printAsIs(type);
    throw new Error(`No way to write this type out: ${this.checker.typeToString(type)}`);
  }

  private use(name: string): string {
    this.used.add(name);
    return name;
  }

  private printAsIs(type: ts.Type): string {
    const text = this.checker.typeToString(type, undefined, ts.TypeFormatFlags.NoTruncation);
    return type.isStringLiteral() ? JSON.stringify(type.value) : text;
  }

  /** Prints a union. Unions lose their names when they are joined with other types, typically null. */
  private printUnion(type: ts.UnionType, source: string): string {
    let members = [...type.types];
    const parts: string[] = [];
    for (const known of this.unions) {
      if (known.members.length >= type.types.length || !known.members.every((one) => members.includes(one))) continue;
      parts.push(this.use(known.name));
      members = members.filter((member) => !known.members.includes(member));
    }
    const isBoolean = (member: ts.Type) => (member.flags & ts.TypeFlags.BooleanLiteral) !== 0;
    if (members.filter(isBoolean).length === 2) {
      parts.push('boolean');
      members = members.filter((member) => !isBoolean(member));
    }
    const rank = (member: ts.Type) => {
      if (member.flags & (ts.TypeFlags.Null | ts.TypeFlags.Undefined)) return Number.MAX_SAFE_INTEGER;
      const place = member.isStringLiteral() ? source.indexOf(`'${member.value}'`) : -1;
      return place === -1 ? source.length : place;
    };
    const inOrder = (a: ts.Type, b: ts.Type) =>
      rank(a) - rank(b) || (a.isStringLiteral() && b.isStringLiteral() ? (a.value < b.value ? -1 : 1) : 0);
    return [...parts, ...members.sort(inOrder).map((member) => this.print(member))].join(' | ');
  }

  private printObject(type: ts.ObjectType): string {
    if (this.checker.isTupleType(type)) return `[${this.printArguments(type).join(', ')}]`;
    if (this.checker.isArrayType(type)) {
      const [element] = this.checker.getTypeArguments(type as ts.TypeReference);
      const [item = ''] = this.printArguments(type);
      return element?.isUnion() && item.includes(' | ') ? `(${item})[]` : `${item}[]`;
    }
    if (isGlobal(type.symbol) && type.symbol.name !== '__type') {
      const given = this.printArguments(type);
      return `${type.symbol.name}${given.length > 0 ? `<${given.join(', ')}>` : ''}`;
    }
    if (type.getCallSignatures().length > 0) throw new Error(`A function travels nowhere: ${this.printAsIs(type)}`);
    const index = this.checker.getIndexInfosOfType(type)[0];
    if (index) return `Record<${this.print(index.keyType)}, ${this.print(index.type)}>`;
    const properties = this.checker.getPropertiesOfType(type).map((property) => this.printProperty(property));
    return `{\n${properties.join('').replace(/^(?=.)/gm, '  ')}}`;
  }

  private printArguments(type: ts.ObjectType): string[] {
    const given = this.checker.getTypeArguments(type as ts.TypeReference);
    const wanted = (type as ts.TypeReference).target?.typeParameters?.length ?? given.length;
    // Of the type arguments of AsyncIterable and similar types, only the first is relevant.
    const isIterable = /^Async(?:Iterable|Generator|Iterator)$/.test(type.symbol?.name ?? '');
    return given.slice(0, isIterable ? 1 : wanted).map((argument) => this.print(argument));
  }

  private printProperty(property: ts.Symbol): string {
    const isOptional = (property.flags & ts.SymbolFlags.Optional) !== 0;
    const type = this.checker.getTypeOfSymbol(property);
    const declared = property.declarations?.[0]?.getText() ?? '';
    // Includes `undefined`, which is significant with exactOptionalPropertyTypes.
    const shown = this.print(type, declared);
    const name = /^[A-Za-z_$][\w$]*$/.test(property.name) ? property.name : JSON.stringify(property.name);
    return `${docOf(property, this.checker)}${name}${isOptional ? '?' : ''}: ${shown};\n`;
  }
}

/** Returns whether the symbol is declared by the language or the platform. */
function isGlobal(symbol: ts.Symbol | undefined): boolean {
  const file = symbol?.declarations?.[0]?.getSourceFile().fileName ?? '';
  return /\/typescript\/lib\/|\/@types\/node\//.test(file);
}

/** Returns the comment of a property, or the description in its schema: `.describe('...')`. */
function docOf(property: ts.Symbol, checker: ts.TypeChecker): string {
  const comment = ts.displayPartsToString(property.getDocumentationComment(checker));
  const declaration = property.declarations?.find(ts.isPropertyAssignment);
  const text = comment || (declaration ? descriptionIn(declaration.initializer) : '');
  return text === '' ? '' : `/** ${text.replace(/\s*\n\s*/g, ' ').replaceAll('*/', '* /')} */\n`;
}

function descriptionIn(expression: ts.Expression): string {
  if (!ts.isCallExpression(expression) || !ts.isPropertyAccessExpression(expression.expression)) return '';
  const [argument] = expression.arguments;
  const isDescribe = expression.expression.name.text === 'describe';
  if (isDescribe && argument && ts.isStringLiteralLike(argument)) return argument.text;
  return descriptionIn(expression.expression.expression);
}
