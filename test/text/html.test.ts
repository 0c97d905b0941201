import fc from 'fast-check';
import { htmlToText } from '../../src/text/html.js';
import { steepTexts } from '../helpers/growth.js';
import { HOSTILE_HTML, textsOf } from '../helpers/hostile-texts.js';

describe('HTML becomes the text that readers see', () => {
  test.each([
    ['plain text', 'Nothing to see here.', 'Nothing to see here.'],
    ['bold and italics', 'You <b>are</b> an <i class="x">idiot</i>.', 'You are an idiot.'],
    ['a word that tags break up', 'i<b></b>di<i>o</i>t', 'idiot'],
    ['tags in capitals', '<B>Yes</B><BR>', 'Yes\n'],
    ['paragraphs', '<p>One.</p><p>Two.</p>', '\nOne.\n\nTwo.\n'],
    ['lines', '<div>One.<br>Two.<br/>Three.</div>', '\nOne.\nTwo.\nThree.\n'],
    ['a quotation', '<blockquote>He said so.</blockquote>I doubt it.', '\nHe said so.\nI doubt it.'],
    ['references by name', 'Tom &amp; Jerry &lt;3&hellip;', 'Tom & Jerry <3…'],
    ['references by number', '&#105;d&#x69;ot &#128512;', 'idiot 😀'],
    ['references without a semicolon', '&lt &#105diot', '< idiot'],
    ['a reference to two characters', 'a &NotEqualTilde; b', 'a ≂̸ b'],
    ['a reference that is none', 'AT&T &nonsense; &', 'AT&T &nonsense; &'],
    ['a space that does not break', 'an&nbsp;idiot', 'an\u00a0idiot'],
    [
      'a link whose words tell where it leads',
      '<a href="https://news.example/a?b=1&amp;c=2">news.example/a?b=1&amp;c=2</a>',
      'news.example/a?b=1&c=2',
    ],
    [
      'a link whose words hide where it leads',
      'Read <a rel="nofollow" href="https://spam.example/?a&amp;b">this</a>.',
      'Read (https://spam.example/?a&b) this.',
    ],
    [
      'a link that is not closed',
      '<a href=//spam.example>this <b>and that</b>',
      '(//spam.example) this and that',
    ],
    ['a link to a place on the page', '<a href="#c1">above</a>', 'above'],
    ['attributes with brackets in them', '<img alt="a > b" src="x.png">c', 'c'],
  ])('%s', (_, html, text) => {
    expect(htmlToText(html).text).toBe(text);
  });
});

describe('what is not plainly markup stays', () => {
  test.each([
    ['less and more', '3 < 4 and 5 > 4'],
    ['a heart', 'I <3 this paper'],
    ['a word in brackets', 'You <idiot>'],
    ['words behind the name of an element', '<b you are an idiot>'],
    ['words in the end of an element', '</b you are an idiot>'],
    ['a tag without an end', 'Well <b'],
    ['an end without an end', 'Well </b'],
    ['a comment', '<!-- you idiot -->'],
    ['a comment without an end', '<!-- you idiot'],
    ['a declaration', '<!you idiot>'],
    ['an instruction', '<?you idiot?>'],
    ['a section of data', '<![CDATA[you idiot]]>'],
  ])('%s', (_, html) => {
    expect(htmlToText(html).text).toBe(html);
  });

  test.each(['script', 'style', 'iframe'])('words in <%s>, in which browsers read no tags', (name) => {
    expect(htmlToText(`<${name}>you i<b>d</b>iot</${name}>`).text).toBe('you idiot');
  });

  test.each(['textarea', 'title', 'xmp', 'plaintext', 'noscript'])('words in <%s>', (name) => {
    expect(htmlToText(`<${name}>you i<b>d</b>iot`).text).toBe(`<${name}>you idiot`);
  });
});

describe('words of the text are found in the HTML', () => {
  test.each([
    { html: 'You <b>idiot</b>!', word: 'idiot', found: 'idiot' },
    { html: 'You i<b>d</b>iot!', word: 'idiot', found: 'i<b>d</b>iot' },
    { html: 'You &#105;diot!', word: 'idiot', found: '&#105;diot' },
    { html: 'You idio&#116;', word: 'idiot', found: 'idio&#116;' },
    { html: '<p>a &amp; b</p>', word: '& b', found: '&amp; b' },
    { html: 'x &NotEqualTilde;', word: '≂', found: '&NotEqualTilde;' },
    { html: '<a href="//x.example">b</a>', word: 'x.example', found: '<a href="//x.example">' },
  ])('$word in $html', ({ html, word, found }) => {
    const { text, toHtml } = htmlToText(html);
    const start = text.indexOf(word);
    const span = toHtml({ start, end: start + word.length });
    expect(html.slice(span.start, span.end)).toBe(found);
  });
});

const part = fc.oneof(
  fc.string({ maxLength: 8, unit: 'grapheme' }),
  fc.constantFrom(
    '<b>',
    '</b>',
    '<p>',
    '</p >',
    '<br/>',
    '<a href="https://a.example/?b&amp;c">',
    '<a href=x>',
    '</a>',
    '<idiot>',
    '<b x>',
    '<!--',
    '-->',
    '<script>',
    '</script>',
    '<',
    '>',
    '"',
    "'",
    '&',
    '&amp;',
    '&lt',
    '&#105;',
    '&NotEqualTilde;',
    '&#0;',
    '\r\n',
    '\0',
  ),
);

test('offsets of any text map back into the HTML, in order', () => {
  fc.assert(
    fc.property(fc.array(part, { maxLength: 30 }), (parts) => {
      const html = parts.join('');
      const { text, toHtml } = htmlToText(html);
      let last = 0;
      for (let at = 0; at < text.length; at++) {
        const { start, end } = toHtml({ start: at, end: at + 1 });
        const source = html.slice(start, end);
        // A unit stands for itself, or for all of a tag or a reference.
        const isRight = source.length === 1 ? source === text[at] : /^[<&]/.test(source);
        if (!isRight || start < last || end > html.length) return false;
        last = start;
      }
      return true;
    }),
    { numRuns: 2000 },
  );
});

test('text without markup is its own text', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (any) => {
      const plain = any.replace(/[<&]/g, '');
      expect(htmlToText(plain).text).toBe(plain);
    }),
  );
});

test('hostile HTML is read in a time in proportion to it', () => {
  const read = (piece: string) => {
    const { text, toHtml } = htmlToText(`<a ${piece}`);
    toHtml({ start: 0, end: text.length });
  };
  // Twice what the service ever reads; with a megabyte it is the collecting of garbage that is measured.
  expect(steepTexts(read, textsOf(HOSTILE_HTML), 250_000)).toEqual([]);
});
