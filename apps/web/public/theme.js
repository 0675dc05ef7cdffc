// Runs before the first paint, so that a dark page doesn't flash white. It is a file because the content security policy
// allows no inline scripts.
(() => {
  const root = document.documentElement;
  const theme = localStorage.getItem('lorebox.theme');
  const isDark = theme === 'dark' || (theme !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches);
  root.dataset.theme = isDark ? 'dark' : 'light';
  const language = localStorage.getItem('lorebox.language');
  if (language) root.lang = language;
  root.dir = language === 'ar' ? 'rtl' : 'ltr';
})();
