import { z } from 'zod';

const RichText = z.array(
  z.object({
    plain_text: z.string().default(''),
    href: z.string().nullish(),
    annotations: z
      .object({ bold: z.boolean(), italic: z.boolean(), code: z.boolean(), strikethrough: z.boolean() })
      .partial()
      .default({}),
  }),
);

/** Fields of blocks. Each block has an object under the name of its type, with some of these fields. */
const Body = z
  .object({
    rich_text: RichText,
    caption: RichText,
    checked: z.boolean(),
    language: z.string(),
    url: z.string(),
    title: z.string(),
    expression: z.string(),
    cells: z.array(RichText),
    external: z.object({ url: z.string() }),
  })
  .partial();

export const NotionBlock = z
  .looseObject({ id: z.string(), type: z.string(), has_children: z.boolean().default(false) })
  .transform((block) => {
    const body = Body.safeParse(block[block.type]);
    return { id: block.id, type: block.type, hasChildren: block.has_children, body: body.success ? body.data : {} };
  });
export type NotionBlock = z.infer<typeof NotionBlock>;

const MARKERS: Record<string, string> = {
  heading_1: '# ',
  heading_2: '## ',
  heading_3: '### ',
  bulleted_list_item: '- ',
  numbered_list_item: '1. ',
  toggle: '- ',
  quote: '> ',
  callout: '> ',
};

/** Converts one block to Markdown, without its children. */
export function blockToMarkdown({ type, body }: NotionBlock): string {
  const text = toText(body.rich_text ?? []);
  if (type === 'to_do') return `- [${body.checked ? 'x' : ' '}] ${text}`;
  if (type === 'code') return `\`\`\`${body.language ?? ''}\n${plain(body.rich_text ?? [])}\n\`\`\``;
  if (type === 'equation') return `$$${body.expression ?? ''}$$`;
  if (type === 'divider') return '---';
  if (type === 'table_row')
    return `| ${(body.cells ?? []).map((cell) => toText(cell).replaceAll('|', '\\|')).join(' | ')} |`;
  if (type === 'child_page' || type === 'child_database') return body.title ? `- ${body.title}` : '';
  const marker = MARKERS[type];
  if (marker !== undefined)
    return text === '' ? '' : marker + text.replaceAll('\n', `\n${marker.startsWith('>') ? '> ' : '  '}`);
  const address = body.url ?? body.external?.url;
  const caption = plain(body.caption ?? []);
  return text || [caption, address].filter(Boolean).join(': ');
}

function toText(parts: z.infer<typeof RichText>): string {
  return parts
    .map(({ plain_text: text, href, annotations }) => {
      if (text.trim() === '') return text;
      const { bold, italic, code, strikethrough } = annotations;
      let marked = code ? `\`${text}\`` : text;
      if (bold) marked = `**${marked}**`;
      if (italic) marked = `*${marked}*`;
      if (strikethrough) marked = `~~${marked}~~`;
      return href ? `[${marked}](${href})` : marked;
    })
    .join('');
}

const plain = (parts: z.infer<typeof RichText>) => parts.map(({ plain_text }) => plain_text).join('');

const namesOf = (value: unknown): string => {
  const names = z.array(z.looseObject({ name: z.string().optional() })).safeParse(value);
  return names.success ? names.data.flatMap(({ name }) => name ?? []).join(', ') : '';
};

/** Converts a page property to text; empty for types without text. */
export function propertyToText(property: Record<string, unknown>): string {
  const type = String(property.type ?? '');
  const value = property[type];
  if (type === 'title' || type === 'rich_text') return plain(RichText.catch([]).parse(value));
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (Array.isArray(value)) return namesOf(value);
  const named = z
    .looseObject({ name: z.string().optional(), start: z.string().optional(), end: z.string().nullish() })
    .safeParse(value);
  if (!named.success) return '';
  return named.data.name ?? [named.data.start, named.data.end].filter(Boolean).join(' to ');
}
