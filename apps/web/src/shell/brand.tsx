import { useAppInfo } from './session.tsx';

/** Logo and name of the installation. */
export function Brand({ logoClass }: { logoClass: string }) {
  const info = useAppInfo();
  return (
    <>
      <img src={info?.logoUrl ?? '/icon.svg'} alt="" className={`${logoClass} object-contain`} />
      <span className="truncate">{info?.name ?? 'Lorebox'}</span>
    </>
  );
}

/** Links of the installation, such as its imprint. */
export function FooterLinks() {
  const links = useAppInfo()?.footerLinks ?? [];
  if (links.length === 0) return null;
  return (
    <ul className="flex flex-wrap justify-center gap-x-4 gap-y-1 text-sm">
      {links.map(({ label, url }) => (
        <li key={`${label} ${url}`}>
          <a href={url} target="_blank" rel="noopener noreferrer" className="text-muted underline hover:text-ink">
            {label}
          </a>
        </li>
      ))}
    </ul>
  );
}
