import { type Node, parseSync, Visitor } from 'oxc-parser';
import { analyse } from 'scslre';

export interface SlowRegex {
  line: number;
  message: string;
}

/** Directive on the line of the expression or the line before, with the reason: the longest possible input. */
const ALLOWED = /\/\/ bounded-regex: \S/;
const NORMALIZER = /\.normalize$/;
const KINDS = {
  Self: 'a repetition inside a repetition',
  Trade: 'two repetitions in a row that match the same characters',
  Move: 'a repetition at its start that each later position scans again; put (?<!x) in front of it',
};

/**
 * Finds regex literals that take more than linear time on some input, constructed ones, which can't be checked, and
 * `String.normalize`, which is quadratic in runs of combining marks.
 */
export function findSlowRegexes(file: string, source: string): SlowRegex[] {
  const lines = source.split('\n');
  const found: SlowRegex[] = [];
  const report = (node: { start: number }, message: string) => {
    const line = source.slice(0, node.start).split('\n').length;
    const isAllowed = [lines[line - 1], lines[line - 2]].some((text) => text !== undefined && ALLOWED.test(text));
    if (!isAllowed) found.push({ line, message });
  };
  const checkConstructor = (node: Node & { callee: Node }) => {
    const { callee } = node;
    if (callee.type !== 'Identifier' || callee.name !== 'RegExp') return;
    report(node, 'constructs a RegExp from a string; write a literal or a scanner');
  };
  const { program, errors } = parseSync(file, source);
  if (errors.length > 0) throw new Error(`${file} can't be parsed: ${errors[0]?.message}`);
  new Visitor({
    Literal(node) {
      if (!('regex' in node)) return;
      const { pattern, flags } = node.regex;
      const kinds = new Set(analyse({ source: pattern, flags }).reports.map(({ type }) => KINDS[type]));
      for (const kind of kinds) report(node, `/${pattern}/${flags} has ${kind}`);
    },
    NewExpression: checkConstructor,
    CallExpression(node) {
      checkConstructor(node);
      const [form] = node.arguments;
      if (!NORMALIZER.test(source.slice(node.callee.start, node.callee.end))) return;
      if (form?.type === 'Literal') report(node, 'normalizes in quadratic time; use normalizeText');
    },
  }).visit(program);
  return found;
}
