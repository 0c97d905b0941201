/**
 * Reads the report of `npm audit --json` from standard input. Fails where there is a known advisory on what the service
 * runs on. Where the registry cannot be asked it says so and passes: the lock file's hashes still hold, by `npm ci`.
 */
import { text } from 'node:stream/consumers';

const report = read(await text(process.stdin));
const found = report?.metadata?.vulnerabilities;
if (found === undefined) {
  console.log(`npm audit: not asked (${report?.message ?? 'no report'})`);
} else if (found.total === 0) {
  console.log('npm audit: no known advisory');
} else {
  for (const { name, severity, range } of Object.values(report.vulnerabilities ?? {})) {
    console.log(`npm audit: ${name} ${range}: ${severity}`);
  }
  process.exitCode = 1;
}

function read(json) {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}
