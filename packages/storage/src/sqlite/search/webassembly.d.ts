/** The part of the WebAssembly API that vector-scan.ts uses. Otherwise only the DOM types include it. */
declare namespace WebAssembly {
  class Module {
    constructor(bytes: Uint8Array);
  }
  class Memory {
    constructor(limits: { initial: number; maximum: number });
    readonly buffer: ArrayBuffer;
    grow(pages: number): number;
  }
  /** `Exports` are the known exports of the module. */
  class Instance<Exports> {
    constructor(module: Module, imports: Record<string, Record<string, Memory>>);
    readonly exports: Exports;
  }
}
