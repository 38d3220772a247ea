import { parseSync } from '@swc/core';

/** What the walls need to know of one TypeScript file. */
export type Source = {
  /** Path from the root, with `/`. */
  file: string;
  imports: { specifier: string; names: string[] }[];
  /**
   * How often `any` stands for a value's type. As a type argument (`Decider<any, any>`) or a parameter in a function's type it only says "of
   * whatever kind" (nothing else is assignable there), and is not counted.
   */
  anys: number;
  /** Reads of the real clock or of randomness: `Date.now`, `new Date()`, `performance.now`, `Math.random`, `randomUUID` … */
  clocks: string[];
};

type Node = { type?: string; [member: string]: unknown };
const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null;

/** Reads a file's real imports, static, dynamic, type-only and re-exports alike, from its syntax tree. Throws when it does not parse. */
export function readSource(file: string, text: string): Source {
  const source: Source = { file, imports: [], anys: 0, clocks: [] };
  visit(
    parseSync(text, { syntax: 'typescript', tsx: file.endsWith('.tsx'), decorators: true, target: 'es2024' }) as unknown as Node,
    undefined,
    source,
  );
  return source;
}

function visit(node: Node, parent: Node | undefined, source: Source): void {
  const specifier = importedBy(node);
  if (specifier !== undefined) source.imports.push({ specifier, names: namesOf(node) });
  if (node.type === 'TsKeywordType' && node['kind'] === 'any' && parent?.type !== 'TsTypeParameterInstantiation') source.anys++;
  const clock = clockIn(node);
  if (clock) source.clocks.push(clock);
  for (const [member, value] of Object.entries(node)) {
    if (node.type === 'TsFunctionType' && member === 'params') {
      for (const parameter of value as unknown[]) visitItem(parameter, node, { ...source, anys: 0 });
    } else if (Array.isArray(value)) for (const item of value) visitItem(item, node, source);
    else if (isNode(value)) visit(value, passing(node, parent), source);
  }
}

/** Lists of arguments come wrapped (`{ spread, expression }`). */
const visitItem = (item: unknown, parent: Node, source: Source) => isNode(item) && visit(item, parent, source);
/** Wrappers without a type of their own do not count as parents. */
const passing = (node: Node, parent: Node | undefined) => (node.type ? node : parent);

function importedBy(node: Node): string | undefined {
  switch (node.type) {
    case 'ImportDeclaration':
    case 'ExportNamedDeclaration':
    case 'ExportAllDeclaration':
      return textOf(node['source']);
    case 'TsImportType':
      return textOf(node['argument']);
    case 'CallExpression': {
      const callee = node['callee'] as Node;
      const isImport = callee.type === 'Import' || (callee.type === 'Identifier' && callee['value'] === 'require');
      const [first] = node['arguments'] as { expression: unknown }[];
      return isImport ? textOf(first?.expression) : undefined;
    }
    default:
      return undefined;
  }
}

const textOf = (node: unknown) => (isNode(node) && node.type === 'StringLiteral' ? String(node['value']) : undefined);

function namesOf(node: Node): string[] {
  const specifiers = (node['specifiers'] as Node[] | undefined) ?? [];
  return specifiers.map((one) => String(((one['imported'] ?? one['local'] ?? one['orig']) as Node | undefined)?.['value'] ?? ''));
}

const CLOCKS = new Set(['Date.now', 'performance.now', 'Math.random', 'crypto.randomUUID', 'process.hrtime']);

function clockIn(node: Node): string | undefined {
  if (node.type === 'NewExpression') {
    const callee = node['callee'] as Node;
    const count = ((node['arguments'] as unknown[] | null) ?? []).length;
    return callee['value'] === 'Date' && count === 0 ? 'new Date()' : undefined;
  }
  if (node.type !== 'CallExpression') return undefined;
  const callee = node['callee'] as Node;
  if (callee.type === 'Identifier') return callee['value'] === 'randomUUID' ? 'randomUUID()' : undefined;
  if (callee.type !== 'MemberExpression') return undefined;
  const name = `${(callee['object'] as Node)['value']}.${(callee['property'] as Node)['value']}`;
  return CLOCKS.has(name) ? `${name}()` : undefined;
}
