/** Circles in a graph of imports. */

/** The first circle, from a file back to itself; empty where there is none. */
export function circle(graph: Map<string, string[]>): string[] {
  const clear = new Set<string>();
  const visit = (file: string, path: string[]): string[] => {
    const start = path.indexOf(file);
    if (start >= 0) return [...path.slice(start), file];
    if (clear.has(file)) return [];
    for (const target of graph.get(file) ?? []) {
      const found = visit(target, [...path, file]);
      if (found.length > 0) return found;
    }
    clear.add(file);
    return [];
  };
  for (const file of graph.keys()) {
    const found = visit(file, []);
    if (found.length > 0) return found;
  }
  return [];
}
