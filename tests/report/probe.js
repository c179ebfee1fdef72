// What a reader cannot see, and what axe says, as JSON in an element of its own.
const found = { width: innerWidth, dark: matchMedia('(prefers-color-scheme: dark)').matches, cut: [], axe: [] };
for (const folded of document.querySelectorAll('details')) folded.open = true;
if (document.documentElement.scrollWidth > innerWidth) found.cut.push('the page');
for (const element of document.body.querySelectorAll('*')) {
  if (element.closest('[tabindex="0"], .unseen, .skip')) continue;
  const { left, right, width } = element.getBoundingClientRect();
  const hides = element.clientWidth > 0 && element.scrollWidth > element.clientWidth + 1;
  if (width > 0 && (right > innerWidth + 1 || left < -1 || hides)) found.cut.push(element.outerHTML.slice(0, 80));
}
axe.run()
  .then(({ violations }) => { found.axe = violations.map(({ id, nodes }) => `${id}: ${nodes[0].html}`); })
  .catch((error) => found.axe.push(String(error)))
  .finally(() => {
    const result = document.createElement('pre');
    result.id = 'probe';
    result.textContent = JSON.stringify(found);
    document.body.append(result);
    parent.postMessage(result.textContent, '*');
  });
