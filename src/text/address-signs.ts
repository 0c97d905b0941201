/** What a link starts with that has its scheme, or `www.`: a part of a regular expression. */
export const LINK_START = String.raw`(?:[Hh][Tt][Tt][Pp][Ss]?:\/\/|[Ww][Ww][Ww]\.)`;

/** An @name or a #tag: a part of a regular expression with the flag u. */
export const TAG = String.raw`(?<![\p{L}\p{N}])[@#][\p{L}\p{N}_]+`;
