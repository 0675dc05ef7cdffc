interface Place {
  title: string;
  page: number | null;
  startTime: number | null;
  section: string | null;
}

/** Formats the position of a passage: "Talk, at 1:23", "Report, page 4, Results". */
export function formatPlace({ title, page, startTime, section }: Place): string {
  const at = startTime === null ? null : `at ${formatTime(startTime)}`;
  // The first heading of a text is usually its title, so it is not repeated.
  const below =
    section === title ? null : section?.startsWith(`${title} > `) ? section.slice(title.length + 3) : section;
  return [title, page === null ? null : `page ${page}`, at, below].filter((part) => part).join(', ');
}

/** Formats seconds as 1:23 or 1:02:03. */
function formatTime(seconds: number): string {
  const whole = Math.floor(seconds);
  const [hours, minutes, rest] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  const twoDigits = (n: number) => String(n).padStart(2, '0');
  return hours > 0 ? `${hours}:${twoDigits(minutes)}:${twoDigits(rest)}` : `${minutes}:${twoDigits(rest)}`;
}
