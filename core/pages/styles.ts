/**
 * How each style of a page looks, wherever the page is rendered: points, weight and colours (hex
 * RGB without '#').
 */
import type { PageStyle } from './page.ts';

export type PageLook = {
  size: number;
  bold?: true;
  italic?: true;
  ink: string;
  ground?: string;
  underlined?: true;
};

const INK = '1D2126';
const MUTED = '575E68';

export const pageLooks: Record<PageStyle, PageLook> = {
  title: { size: 18, bold: true, ink: INK },
  note: { size: 10, ink: MUTED },
  sentence: { size: 11, ink: INK },
  /** Stands over a line. */
  heading: { size: 10, bold: true, ink: MUTED, underlined: true },
  label: { size: 11, ink: INK },
  figure: { size: 12, bold: true, ink: INK },
  strong: { size: 11, bold: true, ink: INK },
  muted: { size: 10, ink: MUTED },
  good: { size: 10, bold: true, ink: '17693F', ground: 'E4F3EA' },
  bad: { size: 10, bold: true, ink: 'A02222', ground: 'FBE7E5' },
  warning: { size: 10, bold: true, ink: '8A4A00', ground: 'FCEFDC' },
  spark: { size: 11, ink: '2F5FD0' },
};

/** Of a cell that links to a tab. */
export const LINK_INK = '1F4FC4';
