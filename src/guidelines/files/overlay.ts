/** A draft of some files of a rules folder, by name; null takes the file away. */
export type Draft = Readonly<Record<string, string | null>>;

/** A rule file in the folder itself, or a list at any depth down to five folders; no name starts with a dot. */
const DRAFT_NAME = /^(?:[^/\\.][^/\\]*\.ya?ml|(?:[^/\\.][^/\\]*\/){0,5}[^/\\.][^/\\]*\.txt)$/;

/** Whether a file of that name would be read from a rules folder. */
export function isDraftName(name: string): boolean {
  return DRAFT_NAME.test(name);
}

/** The files of a rules folder with a draft laid over them. */
export function overlay(files: ReadonlyMap<string, string>, draft: Draft): Map<string, string> {
  const result = new Map(files);
  for (const [name, content] of Object.entries(draft)) {
    if (content === null) result.delete(name);
    else result.set(name, content);
  }
  return result;
}
