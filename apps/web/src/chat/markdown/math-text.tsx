import { useEffect, useRef } from 'react';

/** A formula as MathML. Shows its source until the typesetter is loaded, and if it can't be read. */
export function MathText({ tex, isBlock = false }: { tex: string; isBlock?: boolean }) {
  const element = useRef<HTMLElement>(null);
  useEffect(() => {
    let isCurrent = true;
    void import('temml').then(({ default: temml }) => {
      const target = element.current;
      if (!isCurrent || !target) return;
      // Builds the elements in the document; no markup is parsed.
      try {
        temml.render(tex, target, { displayMode: isBlock, throwOnError: true, trust: false, maxExpand: 200 });
      } catch {
        target.textContent = tex;
      }
    });
    return () => {
      isCurrent = false;
    };
  }, [tex, isBlock]);
  const Tag = isBlock ? 'div' : 'span';
  return (
    <Tag
      ref={element as never}
      dir="ltr"
      className={isBlock ? 'overflow-x-auto text-center' : undefined}
      key={`${isBlock} ${tex}`}
    >
      {tex}
    </Tag>
  );
}
