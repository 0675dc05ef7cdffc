import { describe, expect, it } from 'vitest';
import { listBlocks, parse } from '../testing/parse.ts';

describe('markup formats', () => {
  it('reads subtitles with their times', async () => {
    const vtt =
      'WEBVTT\n\nNOTE made by hand\n\n1\n00:01.000 --> 00:04.500 align:start\n<v Ada>Hello <i>there</i>\n\n00:00:05.000 --> 00:00:06.000\nBye\n';
    const document = await parse(vtt, 'talk.vtt');
    expect(listBlocks(document, ({ startTime, endTime }) => `${startTime}-${endTime}`)).toEqual([
      'undefined-undefined: made by hand',
      '1-4.5: Ada: Hello there',
      '5-6: Bye',
    ]);
    expect(document.duration).toBe(6);
    const srt =
      '1\r\n00:00:01,250 --> 00:00:02,000\r\nFirst\r\nline\r\n\r\n2\r\n00:01:00,000 --> 00:01:01,000\r\nSecond\r\n';
    expect(listBlocks(await parse(srt, 'x.srt'), ({ startTime }) => `${startTime}`)).toEqual([
      '1.25: First\nline',
      '60: Second',
    ]);
  });

  it('reads calendars event by event', async () => {
    const ics = [
      'BEGIN:VCALENDAR',
      'X-WR-CALNAME:Harbor',
      'BEGIN:VTIMEZONE',
      'TZID:Europe/Berlin',
      'END:VTIMEZONE',
      'BEGIN:VEVENT',
      'UID:1',
      'SUMMARY:Crane test\\, part 2',
      'DTSTART;TZID=Europe/Berlin:20240301T090000',
      'DTEND:20240301T100000Z',
      'LOCATION:Pier 3',
      'ATTENDEE;CN="Lee, Ann";PARTSTAT=ACCEPTED:mailto:ann@example.com',
      'DESCRIPTION:Bring the long',
      '  ladder.\\nNo dogs.',
      'END:VEVENT',
      'END:VCALENDAR',
    ].join('\r\n');
    const document = await parse(ics, 'a.ics');
    expect(listBlocks(document)).toEqual([
      'heading: Crane test, part 2',
      'paragraph: Start: 2024-03-01 09:00 Europe/Berlin\nEnd: 2024-03-01 10:00 UTC\nLocation: Pier 3\nAttendee: Lee, Ann <ann@example.com> (accepted)\nDescription: Bring the long ladder.\nNo dogs.',
    ]);
    expect(document.title).toBe('Harbor');
  });

  it('reads contacts without their pictures', async () => {
    const vcf = [
      'BEGIN:VCARD',
      'VERSION:2.1',
      'FN:Ann Lee',
      'N:Lee;Ann;;;',
      'ORG:Harbor Ltd;Cranes',
      'TEL;WORK;VOICE:+49 40 123',
      'item1.EMAIL;TYPE=INTERNET:ann@example.com',
      'ADR;TYPE=home:;;Pier 3;Hamburg;;20457;Germany',
      'NOTE;ENCODING=QUOTED-PRINTABLE;CHARSET=UTF-8:L=C3=A4uft =',
      'gern',
      'PHOTO;ENCODING=b;TYPE=JPEG:/9j/4AAQSkZJRgABAQAAAQABAAD',
      'END:VCARD',
    ].join('\n');
    const document = await parse(vcf, 'a.vcf');
    expect(document.text).toBe(
      'Ann Lee\n\nOrganization: Harbor Ltd, Cranes\nPhone (work): +49 40 123\nEmail: ann@example.com\nAddress (home): Pier 3, Hamburg, 20457, Germany\nNote: Läuft gern',
    );
    expect(document.warnings).toEqual(['Pictures, sounds and keys (1) were left out.']);
  });

  it('reads saved web pages', async () => {
    const mhtml =
      'From: <Saved by Blink>\r\nSnapshot-Content-Location: https://example.com/a\r\nSubject: Page\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=b\r\n\r\n--b\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n<html><title>The page</title><h1>Head=\r\ning</h1><p>Text</p></html>\r\n--b\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\niVBORw0KGgo=\r\n--b--\r\n';
    const document = await parse(mhtml, 'a.mhtml');
    expect(listBlocks(document)).toEqual(['heading: Heading', 'paragraph: Text']);
    expect(document).toMatchObject({ format: 'mhtml', title: 'The page', metadata: { url: 'https://example.com/a' } });
  });

  it('reads FictionBook', async () => {
    const fb2 =
      '<?xml version="1.0"?><FictionBook><description><title-info><book-title>Tides</book-title></title-info></description><body><section><title><p>One</p></title><p>It <emphasis>rained</emphasis>.</p></section></body><binary id="c.jpg">AAAA</binary></FictionBook>';
    const document = await parse(fb2, 'a.fb2');
    expect(document.title).toBe('Tides');
    expect(document.text).toContain('One\n\nIt rained.');
    expect(document.text).not.toContain('AAAA');
  });

  it('reads LaTeX', async () => {
    const tex = String.raw`\documentclass{article}
\title{On \emph{pumps}}
\begin{document}
\maketitle
\section{First} % a comment
Caf\'e na\"{\i}ve costs 5\,\% of $x^2$, see~\cite{lee}.

\begin{itemize}
\item One
\item Two
\end{itemize}
\begin{tabular}{lr}
\hline
Item & Price \\
Valve & 12 \\
\end{tabular}
\begin{verbatim}
code % kept
\end{verbatim}
\begin{equation}
E = mc^2
\end{equation}
\end{document}`;
    const document = await parse(tex, 'a.tex');
    expect(listBlocks(document)).toEqual([
      'heading: On pumps',
      'heading: First',
      'paragraph: Café naïve costs 5 % of $x^2$, see [lee].',
      'list-item: - One',
      'list-item: - Two',
      'table-row: Item | Price',
      'table-row: Valve | 12',
      'code: code % kept',
      'paragraph: E = mc^2',
    ]);
    expect(document.title).toBe('On pumps');
  });

  it('reads reStructuredText', async () => {
    const rst = `=====
Title
=====

See \`the docs <https://example.com/d>\`_ and :ref:\`setup\`.

Part one
--------

.. note:: Mind the gap.

Run::

   make all

* one
* two

====  =====
Item  Price
====  =====
Bolt  4
Nut   8
====  =====

+---+---+
| A | B |
+===+===+
| 1 | 2 |
+---+---+

.. [1] A footnote.
`;
    expect(listBlocks(await parse(rst, 'a.rst'), ({ kind, level }) => `${kind}${level ?? ''}`)).toEqual([
      'heading1: Title',
      'paragraph: See the docs (https://example.com/d) and setup.',
      'heading2: Part one',
      'paragraph: Mind the gap.',
      'paragraph: Run:',
      'code: make all',
      'list-item: * one',
      'list-item: * two',
      'table-row: Item | Price',
      'table-row: Bolt | 4',
      'table-row: Nut | 8',
      'table-row: A | B',
      'table-row: 1 | 2',
      'paragraph: [1] A footnote.',
    ]);
  });

  it('reads Org', async () => {
    const org = `#+TITLE: Plan
* First
:PROPERTIES:
:Owner: Ada
:END:
See [[https://example.com][the site]] and *bold*.
| Item | Price |
|------+-------|
| Bolt | 4     |
#+begin_src sh
ls
#+end_src
- one`;
    expect(listBlocks(await parse(org, 'a.org'))).toEqual([
      'heading: Plan',
      'heading: First',
      'paragraph: Owner: Ada\nSee the site (https://example.com) and bold.',
      'table-row: Item | Price',
      'table-row: Bolt | 4',
      'code: ls',
      'list-item: - one',
    ]);
  });

  it('reads AsciiDoc', async () => {
    const adoc = `= Guide
:author: Ann
:version: 2.4

Use https://example.com[the site] of {version}.

== Steps

. One
. Two

[cols="1,1"]
|===
|Item |Price

|Bolt
|4
|===

[source,sh]
----
ls -l
----

Term:: Meaning
`;
    const document = await parse(adoc, 'a.adoc');
    expect(listBlocks(document)).toEqual([
      'heading: Guide',
      'paragraph: version: 2.4',
      'paragraph: Use the site (https://example.com) of 2.4.',
      'heading: Steps',
      'list-item: 1. One',
      'list-item: 2. Two',
      'table-row: Item | Price',
      'table-row: Bolt | 4',
      'code: ls -l',
      'paragraph: Term: Meaning',
    ]);
    expect(document.metadata.author).toBe('Ann');
  });
});
