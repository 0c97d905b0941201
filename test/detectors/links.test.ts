import { OptionError } from '../../src/detectors/detector.js';
import { links } from '../../src/detectors/links.js';
import { steepTexts } from '../helpers/growth.js';
import { FIRES, holdsForAnyText, namedBy, prepared } from './prepared.js';

const detect = prepared(links, {});

describe('a link', () => {
  test.each<[text: string, named: string[], why: string]>([
    ['See http://example.com/a?b=1.', ['http://example.com/a?b=1'], 'without the full stop after it'],
    ['HTTPS://EXAMPLE.COM', ['HTTPS://EXAMPLE.COM'], 'in capitals'],
    ['http://10.0.0.1/x', ['http://10.0.0.1/x'], 'a number for a site'],
    ['http:// example.com', ['http:// example.com'], 'with a space'],
    ['hxxp://evil.com', ['hxxp://evil.com'], 'disguised'],
    ['h**p://evil.com', ['h**p://evil.com'], 'starred'],
    ['www.example.museum', ['www.example.museum'], 'www and any ending'],
    ['visit example.com now', ['example.com'], 'bare'],
    ['(example.com)', ['example.com'], 'in brackets'],
    ['example.com, example.org', ['example.com', 'example.org'], 'two'],
    ['read sub.example.co.in/story', ['sub.example.co.in/story'], 'bare with a path'],
    ['ndtv.in says so', ['ndtv.in'], 'an ending that is a word, after what is none'],
    ['rajasthan.gov.in', ['rajasthan.gov.in'], 'an ending of two parts'],
    ['t.me/abc and bit.ly/xyz', ['t.me/abc', 'bit.ly/xyz'], 'short links'],
    ['evil dot com', ['evil dot com'], 'spelled out'],
    ['evil (dot) com', ['evil (dot) com'], 'spelled out in brackets'],
    ['evil[.]com', ['evil[.]com'], 'bracketed'],
    ['evil . com', ['evil . com'], 'spaced'],
    ['еvil.com', ['еvil.com'], 'a look-alike letter'],
    ['ｅｖｉｌ．ｃｏｍ', ['ｅｖｉｌ．ｃｏｍ'], 'full-width letters'],
    ['evil\u200b.com', ['evil\u200b.com'], 'a zero-width space'],
  ])('in %j', (text, named) => {
    const finding = detect(text);
    expect(namedBy(finding, text)).toEqual(named);
    expect(finding.score).toBeGreaterThanOrEqual(FIRES);
  });

  test.each<[text: string, why: string]>([
    ['It has roads, schools etc.The end', 'a forgotten space'],
    ['This is the end.Next sentence', 'a forgotten space'],
    ['I agree.in part it is so', 'a forgotten space before a word that is an ending'],
    ['He left.So be it. It is true.It is.', 'a forgotten space before a capital'],
    ['The Govt.in power', 'an abbreviation'],
    ['It was 5 p.m.to be sure', 'an abbreviation'],
    ['The U.S.A. and the U.K.', 'abbreviations'],
    ['e.g.this and i.e.that', 'abbreviations'],
    ['a B.Com graduate with an M.Com.', 'degrees'],
    ['3.5 per cent, Rs.500, 10.30', 'numbers'],
    ['Node.js and ASP.NET', 'names of programs'],
    ['report.pdf and index.html', 'names of files'],
    ['the dot com boom', 'an idiom'],
    ['and/or, yes/no', 'alternatives'],
    ['https://', 'a scheme alone'],
    ['www. and www', 'no site'],
    ['@someone #topic', 'names of people and topics'],
    ['Write to joe@example.com', 'an e-mail address, unless asked for'],
    ['What... ever. Com', 'a word'],
    ['', 'nothing'],
  ])('is not in %j', (text) => {
    expect(detect(text)).toEqual({ score: 0, spans: [] });
  });

  test('is surer the plainer it is', () => {
    const scores = ['http://evil.com', 'evil.com', 'evil dot com'].map((text) => detect(text).score);
    expect(scores).toEqual([1, 0.95, 0.8]);
  });

  test('is counted', () => {
    expect(detect('example.com').note).toBe('1 link');
    expect(detect('example.com http://example.org').note).toBe('2 links');
  });
});

describe('allowed sites', () => {
  const allowing = prepared(
    links,
    { allow: ['thehindu.com', 'https://www.Example.org/about', '{ours}'] },
    new Map([['ours', ['ours.in']]]),
  );
  test.each<[text: string, named: string[], why: string]>([
    ['https://www.thehindu.com/news/a.ece', [], 'the site'],
    ['thehindu.com', [], 'bare'],
    ['m.thehindu.com/x', [], 'what stands before it'],
    ['THEHINDU.COM', [], 'in capitals'],
    ['http://user:pass@thehindu.com:8080/x', [], 'with user and port'],
    ['http://example.org', [], 'written as an address'],
    ['ours.in/x', [], 'from a list'],
    ['thehindu dot com', [], 'spelled out'],
    ['thehindu.com.evil.com', ['thehindu.com.evil.com'], 'a site that starts like it'],
    ['notthehindu.com', ['notthehindu.com'], 'a site that ends like it'],
    ['http://thehindu.com@evil.com/', ['http://thehindu.com@evil.com/'], 'a user that looks like it'],
    ['http://evil.com/thehindu.com', ['http://evil.com/thehindu.com'], 'a path that looks like it'],
    ['thehindu.com and evil.com', ['evil.com'], 'beside another'],
  ])('%j', (text, named) => {
    expect(namedBy(allowing(text), text)).toEqual(named);
  });

  test('must be sites', () => {
    expect(() => prepared(links, { allow: ['thehindu'] })).toThrow(OptionError);
  });
});

test('e-mail addresses count if asked for', () => {
  const withEmails = prepared(links, { emails: true });
  const text = 'Write to joe.public+x@mail.example.co.in.';
  expect(namedBy(withEmails(text), text)).toEqual(['joe.public+x@mail.example.co.in']);
});

test('holds for any text', () => {
  holdsForAnyText(detect);
  holdsForAnyText(prepared(links, { emails: true, allow: ['example.com'] }));
});
test('time grows in proportion to the text, whatever it holds', () => {
  expect(steepTexts(detect)).toEqual([]);
});
