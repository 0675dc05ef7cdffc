import { createTokens, type DocumentGenerator, pickInteger, pickOne } from './document-generator.ts';

/** Text formats with headings, paragraphs, lists, tables and code, all of which have their own marks. */
export const makeMarkupFiles: DocumentGenerator = (random) => {
  const token = createTokens(random);
  const tokens: string[] = [];
  const next = () => {
    const word = token();
    tokens.push(word);
    return word;
  };
  const rows = Array.from({ length: pickInteger(random, 2, 4) }, () => [next(), next(), next()]);
  const parts = [next(), next(), next(), next(), next(), next()] as const;
  const [title, text, item, code, link, time] = parts;
  const [name, content] = pickOne(random, [
    [
      'a.tex',
      `\\section{${title}}\n\\textbf{${text}} \\href{https://${link}.example}{x} ${time}\n\n\\begin{itemize}\\item ${item}\\end{itemize}\n\\begin{verbatim}\n${code}\n\\end{verbatim}\n\\begin{tabular}{lll}${rows.map((row) => row.join(' & ')).join('\\\\\n')}\\end{tabular}`,
    ],
    [
      'a.rst',
      `${title}\n${'='.repeat(12)}\n\n**${text}** \`x <https://${link}.example>\`_ ${time}\n\n* ${item}\n\n::\n\n  ${code}\n\n${grid(rows)}\n`,
    ],
    [
      'a.org',
      `* ${title}\n*${text}* [[https://${link}.example][x]] ${time}\n- ${item}\n#+BEGIN_SRC sh\n${code}\n#+END_SRC\n${rows.map((row) => `| ${row.join(' | ')} |`).join('\n')}\n`,
    ],
    [
      'a.adoc',
      `== ${title}\n\n*${text}* https://${link}.example[x] ${time}\n\n* ${item}\n\n----\n${code}\n----\n\n|===\n${rows.map((row) => row.map((cell) => `|${cell}`).join(' ')).join('\n')}\n|===\n`,
    ],
    [
      'a.md',
      `# ${title}\n\n**${text}** [x](https://${link}.example) ${time}\n\n- ${item}\n\n\`\`\`\n${code}\n\`\`\`\n\n| a | b | c |\n|---|---|---|\n${rows.map((row) => `| ${row.join(' | ')} |`).join('\n')}\n`,
    ],
    [
      'a.vtt',
      `WEBVTT\n\n${[...parts, ...rows.flat()].map((word, at) => `00:00:0${at % 10}.000 --> 00:00:0${at % 10}.900\n<v A>${word}`).join('\n\n')}\n`,
    ],
    [
      'a.srt',
      [...parts, ...rows.flat()]
        .map((word, at) => `${at + 1}\n00:00:00,000 --> 00:00:01,000\n<i>${word}</i>`)
        .join('\n\n'),
    ],
    [
      'a.ics',
      `BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:${title}\nDESCRIPTION:${text}\\n${item}\nLOCATION:${code}\nURL:https://${link}.example\nCONTACT:${time}\nCOMMENT:${rows.flat().join('\\,')}\nEND:VEVENT\nEND:VCALENDAR`,
    ],
    [
      'a.vcf',
      `BEGIN:VCARD\nFN:${title}\nORG:${text};${item}\nTEL;TYPE=${code}:1\nURL:${link}\nNOTE:${time} ${rows.flat().join('\\n')}\nEND:VCARD`,
    ],
    [
      'a.fb2',
      `<FictionBook><description><title-info><book-title>${title}</book-title></title-info></description><body><section><title><p>${text}</p></title>${[item, code, link, time, ...rows.flat()].map((word) => `<p>${word}</p>`).join('')}</section></body></FictionBook>`,
    ],
    [
      'a.svg',
      `<svg xmlns="http://www.w3.org/2000/svg"><title>${title}</title><desc>${text}</desc>${[item, code, link, time, ...rows.flat()].map((word) => `<text x="1"><tspan>${word}</tspan></text>`).join('')}</svg>`,
    ],
    [
      'a.mhtml',
      `From: <Saved>\nSnapshot-Content-Location: https://x.example\nSubject: s\nMIME-Version: 1.0\nContent-Type: multipart/related; boundary=b\n\n--b\nContent-Type: text/html\n\n<html><h1>${title}</h1>${[text, item, code, link, time, ...rows.flat()].map((word) => `<p>${word}</p>`).join('\n')}</html>\n--b--\n`,
    ],
  ] as const);
  return { filename: name, bytes: Buffer.from(content), tokens };
};

function grid(rows: readonly string[][]): string {
  const width = Math.max(...rows.flat().map(({ length }) => length)) + 2;
  const border = `+${`${'-'.repeat(width)}+`.repeat(3)}`;
  const line = (row: readonly string[]) => `|${row.map((cell) => ` ${cell}`.padEnd(width)).join('|')}|`;
  return [border, ...rows.flatMap((row) => [line(row), border])].join('\n');
}
