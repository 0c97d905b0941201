const VISIBLE = /[^\s\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}\u2800]/u;

/** Whether a text has anything to see. U+2800 is a Braille pattern without dots. */
export function hasVisible(value: string): boolean {
  return VISIBLE.test(value);
}
