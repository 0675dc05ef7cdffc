/** Elements whose content is code or data for the browser. */
export const SKIPPED = new Set(
  'script style noscript template canvas object iframe datalist head-data audio video map'.split(' '),
);

type Attributes = Record<string, string>;

/** Checks for text that the page itself keeps from its readers. Style sheets are not applied. */
export function isHidden(name: string, { hidden, style, type, open }: Attributes): boolean {
  if (name === 'dialog' && open === undefined) return true;
  if (hidden !== undefined && name !== 'body' && hidden !== 'false') return true;
  if (name === 'input' && type?.toLowerCase() === 'hidden') return true;
  return style !== undefined && isHiddenStyle(style);
}

/** Most styles have none of the words that hide text. */
const MAY_HIDE = /none|hidden|collapse|opacity|font-size|white|#f|25\d|-\d{3}/i;

function isHiddenStyle(style: string): boolean {
  if (!MAY_HIDE.test(style)) return false;
  const rules = new Map(
    style.split(';').map((rule) => {
      const colon = rule.indexOf(':');
      return [
        rule.slice(0, colon).trim().toLowerCase(),
        rule
          .slice(colon + 1)
          .replace('!important', '')
          .trim()
          .toLowerCase(),
      ];
    }),
  );
  if (rules.get('display') === 'none' || /^(?:hidden|collapse)$/.test(rules.get('visibility') ?? '')) return true;
  if (/^0(?:\.0+)?$/.test(rules.get('opacity') ?? '')) return true;
  if (/^(?:0(?:\.\d+)?|\.\d+|1(?:\.0+)?(?=p))(?:px|pt)?$|^0(?:\.0+)?(?:em|rem|%)$/.test(rules.get('font-size') ?? ''))
    return true;
  if (['left', 'top', 'right', 'text-indent', 'margin-left'].some((name) => isFarAway(rules.get(name)))) return true;
  const isCut = /hidden|clip/.test(rules.get('overflow') ?? '');
  if (isCut && ['height', 'max-height', 'width', 'max-width'].some((name) => isZero(rules.get(name)))) return true;
  return isWhite(rules.get('color')) && isUnset(rules.get('background-color') ?? rules.get('background'));
}

/** Moved out of every window. */
function isFarAway(length: string | undefined): boolean {
  return /^-\d{3,}(?:px|pt|em|rem|vw|vh|%)?$/.test(length ?? '');
}

function isZero(length: string | undefined): boolean {
  return /^0(?:\.0+)?(?:px|pt|em|rem|%)?$/.test(length ?? '');
}

function isWhite(color: string | undefined): boolean {
  return /^(?:white|#fff|#f[a-f]f[a-f]f[a-f]|rgba?\(\s{0,5}25\d\s{0,5},\s{0,5}25\d\s{0,5},\s{0,5}25\d\s{0,5}(?:,[\s\d.]{1,10})?\))$/.test(
    color ?? '',
  );
}

function isUnset(background: string | undefined): boolean {
  return background === undefined || isWhite(background) || /^(?:transparent|none)$/.test(background);
}

const NAVIGATION_ROLES = new Set('navigation menu menubar banner contentinfo search alertdialog dialog'.split(' '));
const NAVIGATION_NAMES =
  /\b(?:cookie|consent|gdpr|nav(?:bar|igation|box)?|menu|breadcrumbs?|sidebar|masthead|site-?header|site-?footer|page-?footer|footer|lang(?:uage)?s?(?:-?(?:list|switch(?:er)?|select(?:or)?|menu|picker))|share|sharing|social|related|newsletter|subscribe|advert(?:isement)?|promo|popup|modal|skip-?link|toolbar)\b/i;
const FOOTER_NAMES = /(?:^|\s)(?:site-?|page-?|main-?)?footer(?:\s|$)/i;
const BANNER_NAMES = /\b(?:cookie|consent|gdpr)\b/i;
/** Share of a container's letters in links from which a menu is assumed. */
const MENU_LINKS = 0.5;

export interface ContainerText {
  name: string;
  attributes: Attributes;
  length: number;
  linkLength: number;
  /** Inside the main content, `header` and `footer` belong to it. */
  isInMain: boolean;
}

/** Decides when a container of a web page ends whether it was a menu, a banner or a footer. */
export function isNavigation({ name, attributes, length, linkLength, isInMain }: ContainerText): boolean {
  if (name === 'nav' || NAVIGATION_ROLES.has(attributes.role ?? '')) return true;
  const names = `${attributes.class ?? ''} ${attributes.id ?? ''}`.replaceAll('_', '-');
  if (BANNER_NAMES.test(names) && length < 2000) return true;
  if (isInMain) return false;
  const share = length === 0 ? 0 : linkLength / length;
  if (name === 'footer' || FOOTER_NAMES.test(names)) return true;
  if ((name === 'header' || name === 'aside') && share > 0.3) return true;
  return NAVIGATION_NAMES.test(names) && share > MENU_LINKS;
}
