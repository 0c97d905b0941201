/**
 * Reads what `npm audit --json` printed from standard input, and says what it means. Fails where there are advisories,
 * and where the answer has a form that is not known here. Where there was no answer, as without a network, it says so
 * and passes: the lock file's hashes still hold, by `npm ci`.
 */
import { text } from 'node:stream/consumers';

const { lines, fails } = meaningOf(await text(process.stdin));
for (const line of lines) console.log(`npm audit: ${line}`);
if (fails) process.exitCode = 1;

function meaningOf(printed) {
  const report = read(printed);
  if (report === undefined)
    return noAnswer(printed.trim() === '' ? 'it printed nothing' : 'it printed no JSON');
  const found = report?.vulnerabilities;
  if (typeof found === 'object' && found !== null && report.auditReportVersion === 2) return answer(report);
  // "error" is beside a message where the registry is at fault, and has the reason itself where npm is.
  if (report?.error)
    return noAnswer(report.message || report.error.summary || report.error.code || 'no reason');
  return { lines: ['the answer has a form that is not known here: see .ci/audit.mjs'], fails: true };
}

function answer({ vulnerabilities, metadata }) {
  const found = Object.values(vulnerabilities);
  const packages = metadata?.dependencies?.prod;
  if (found.length === 0) {
    return { lines: [`no known advisory on ${packages ?? 'the'} packages of production`], fails: false };
  }
  return { lines: found.map(describe), fails: true };
}

/** A package with its advisories, or with the packages by way of which it has one. */
function describe({ name, range, severity, via }) {
  const causes = via.map((cause) =>
    typeof cause === 'string' ? `by way of ${cause}` : `${cause.title} (${cause.url})`,
  );
  return `${name} ${range}: ${severity}: ${causes.join('; ')}`;
}

function noAnswer(reason) {
  return {
    lines: [
      `NO ANSWER (${reason})`,
      'whether there are advisories is not known; this is no failure, so look again where the registry can be asked',
    ],
    fails: false,
  };
}

function read(printed) {
  try {
    return JSON.parse(printed);
  } catch {
    return undefined;
  }
}
