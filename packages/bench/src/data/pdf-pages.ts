/** What a person sees on one page: passages in reading order, by their first words, and the headings. */
interface JudgedPage {
  page: number;
  order: string[];
}

export interface JudgedLayout {
  file: string;
  title: string;
  headings: string[];
  pages: JudgedPage[];
}

/** Written down from the text and the rendered pages while the reader was being changed. Two columns unless stated otherwise. */
export const JUDGED_LAYOUTS: JudgedLayout[] = [
  {
    file: 'pdf-tracemonkey-2col-14p.pdf',
    title: 'Trace-based Just-in-Time Type Specialization for Dynamic Languages',
    headings: [
      'Abstract',
      '1. Introduction',
      '2. Overview: Example Tracing Run',
      '3. Trace Trees',
      '3.1 Traces',
      '3.2 Trace Trees',
      '3.3 Blacklisting',
      '4. Nested Trace Tree Formation',
      '4.1 Nesting Algorithm',
      '4.2 Blacklisting with Nesting',
      '5. Trace Tree Optimization',
      '5.1 Optimizations',
      '5.2 Register Allocation',
      '6. Implementation',
      '6.1 Calling Compiled Traces',
      '6.2 Trace Stitching',
      '6.3 Trace Recording',
      '6.4 Preemption',
      '6.5 Calling External Functions',
      '6.6 Correctness',
      '7. Evaluation',
      '8. Related Work',
      '9. Conclusions',
      '10. Future Work',
      'Acknowledgments',
      'References',
    ],
    pages: [
      {
        page: 2,
        order: [
          'Hence, recording and compiling',
          'Nested loops can be difficult',
          'These techniques allow a VM',
          'The remainder of this paper',
          'for (var i = 2',
          'Figure 1. Sample program',
          'Figure 2. State machine',
          'a set of industry benchmarks',
          '2. Overview: Example Tracing Run',
          'Here is the sequence of events',
        ],
      },
      {
        page: 3,
        order: [
          'v0 := ld state[748]',
          'Figure 3. LIR snippet',
          'mov edx, ebx(748)',
          'Figure 4. x86 snippet',
          'i=2. This is the first iteration',
          'After recording is finished',
          'interpreter PC and the types',
          'i=3. Now the loop header',
        ],
      },
      {
        page: 6,
        order: [
          'Our implementation does not extend',
          '3.3 Blacklisting',
          'As a result, if a hot loop',
          '4. Nested Trace Tree Formation',
          'Figure 5. A tree with two traces',
          'Figure 6. We handle type-unstable',
          'When execution leaves the inner loop',
        ],
      },
      {
        page: 10,
        order: [
          '6.5 Calling External Functions',
          'Similarly, we detect when host',
          'Another problem is that external',
          '6.6 Correctness',
          'Figure 11. Fraction of dynamic',
          'loops and heavily branching code',
          '7. Evaluation',
          'Figure 10 shows the relative',
        ],
      },
      {
        page: 13,
        order: [
          'Figure 12. Fraction of time',
          'inner loops become hot first',
          'YETI, from Zaleski',
          'Salib (17) designed',
          'erate native code with nearly',
          'Neither call threading nor inline',
          '9. Conclusions',
          '10. Future Work',
          'Acknowledgments',
        ],
      },
    ],
  },
  {
    file: 'pdf-multicolumn.pdf',
    title: 'Two-Column Document with Lorem Ipsum',
    headings: ['Two-Column Document with Lorem Ipsum', 'Abstract'],
    pages: [
      {
        page: 1,
        order: ['Two-Column Document', 'Abstract', 'Lorem ipsum dolor', 'Nam dui ligula', 'Quisque ullamcorper'],
      },
      { page: 3, order: ['Table 1: EU Countries', 'Austria', 'Finland'] },
    ],
  },
];
