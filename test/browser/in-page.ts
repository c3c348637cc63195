/**
 * What a page is asked in the browser. Each function is sent there whole, so it uses nothing from
 * outside.
 */

/** What a reader of screens would stumble over. */
export const unnamed = (): string[] => {
  const all = (selector: string) => [...document.querySelectorAll(selector)];
  return [
    ...all('svg').filter((svg) => !svg.querySelector('title')?.textContent),
    ...all('table').filter(
      (t) => !t.querySelector('caption')?.textContent || !t.querySelector('th[scope="col"]'),
    ),
    ...all('input, select').filter((field) => !(field as HTMLInputElement).labels?.length),
    ...all('a, button').filter((link) => !link.textContent?.trim()),
  ].map((element) => element.outerHTML.slice(0, 120));
};

/** Visible texts whose contrast with the ground behind them is below 4.5. */
export const faintTexts = (): { text: string; ratio: number }[] => {
  const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true })!;
  const rgb = (colour: string): number[] => {
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = colour;
    canvas.fillRect(0, 0, 1, 1);
    return [...canvas.getImageData(0, 0, 1, 1).data];
  };
  const light = (colour: number[]) => {
    const [r, g, b] = colour.map((part) =>
      part / 255 <= 0.04045 ? part / 255 / 12.92 : ((part / 255 + 0.055) / 1.055) ** 2.4,
    );
    return 0.2126 * r! + 0.7152 * g! + 0.0722 * b!;
  };
  const ground = (element: Element | null): number[] => {
    if (!element) return rgb('white');
    const own = rgb(getComputedStyle(element).backgroundColor);
    return own[3] === 255 ? own : ground(element.parentElement);
  };
  const hasText = (element: Element) =>
    [...element.childNodes].some((node) => node.nodeType === 3 && node.textContent!.trim());
  return [...document.querySelectorAll('main *, header *')]
    .filter(
      (element) =>
        hasText(element) &&
        (element as HTMLElement).checkVisibility?.() &&
        element.tagName !== 'OPTION',
    )
    .map((element) => {
      const style = getComputedStyle(element);
      const ink = light(rgb(element instanceof SVGElement ? style.fill : style.color));
      const behind = light(ground(element));
      return {
        text: element.textContent!.slice(0, 30),
        ratio: (Math.max(ink, behind) + 0.05) / (Math.min(ink, behind) + 0.05),
      };
    })
    .filter(({ ratio }) => ratio < 4.5);
};

/** What stands beyond the right edge of the window, scrolled content aside. */
export const beyondTheEdge = (): string[] =>
  document.documentElement.scrollWidth <= innerWidth
    ? []
    : [...document.querySelectorAll('main *, header *')]
        .filter(
          (element) =>
            !element.closest('.scroll > *') &&
            element.getBoundingClientRect().right > innerWidth + 1,
        )
        .map((element) => element.outerHTML.slice(0, 120));

/** Tables whose first figure is not wholly in sight before anybody scrolls. */
export const hiddenFigures = (): string[] =>
  [...document.querySelectorAll('.scroll')]
    .filter((region) => (region as HTMLElement).checkVisibility())
    .filter((region) => {
      const figure = region.querySelector('tbody .n')?.getBoundingClientRect();
      return figure && figure.right > region.getBoundingClientRect().right + 1;
    })
    .map((region) => region.getAttribute('aria-label')!);

/** Codes with an underscore that stand where people read, names of people and addresses aside. */
export const rawCodes = (): string[] =>
  (document.body.innerText.match(/(?<![\w@./?=-])[a-z]+(?:_[a-z0-9]+)+(?![\w@])/g) ?? []).filter(
    (code, i, all) => all.indexOf(code) === i,
  );

/** Charts with a tick outside an axis that says what it counts, as their titles. */
export const unitlessAxes = (): string[] =>
  [...document.querySelectorAll('svg.chart')]
    .filter(
      (chart) =>
        [...chart.querySelectorAll('.scale')].some(
          (scale) => !scale.querySelector('.unit')?.textContent?.trim(),
        ) || [...chart.querySelectorAll('.tick')].some((tick) => !tick.closest('.scale')),
    )
    .map((chart) => chart.querySelector('title')!.textContent!);
