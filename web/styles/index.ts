/** The one style sheet, of its parts in their order: what comes later has its way. */
import charts from './charts.css';
import frame from './frame.css';
import ground from './ground.css';
import message from './message.css';
import narrow from './narrow.css';
import person from './person.css';
import print from './print.css';
import search from './search.css';
import sections from './sections.css';
import tables from './tables.css';

export const styles = [
  ground,
  frame,
  sections,
  charts,
  tables,
  search,
  person,
  message,
  narrow,
  print,
].join('\n');
