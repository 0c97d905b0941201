import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CompilerState, Extractor, ExtractorConfig, ExtractorLogLevel } from '@microsoft/api-extractor';

const ROOT = join(import.meta.dirname, '..', '..');

/** What the compiler makes of a name that is imported from the package: the built types. */
const ENTRIES = { stet: 'dist/index.d.ts', plugin: 'dist/plugin.d.ts' } as const;
export type Entry = keyof typeof ENTRIES;

const SILENT = { default: { logLevel: ExtractorLogLevel.None } };

/**
 * Reports the public types of both faces of the package: each exported name, and each type that these stand on, by name.
 * What is documented is not repeated, only what is not.
 * @throws where `npm run build` has not been run
 */
export function reportTypes(): Readonly<Record<Entry, string>> {
  const folder = mkdtempSync(join(tmpdir(), 'stet-api-'));
  try {
    mkdirSync(join(folder, 'temp'));
    const [stet, plugin] = [configOf('stet', folder), configOf('plugin', folder)];
    const compilerState = CompilerState.create(stet, {
      additionalEntryPoints: [plugin.mainEntryPointFilePath],
    });
    for (const config of [stet, plugin]) {
      Extractor.invoke(config, {
        localBuild: true,
        compilerState,
        messageCallback: (message) => {
          message.handled = true;
        },
      });
    }
    const read = (entry: Entry) => readFileSync(join(folder, fileOf(entry)), 'utf8');
    return { stet: read('stet'), plugin: read('plugin') };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The report's file: `stet.api.md`. */
export function fileOf(entry: Entry): string {
  return `${entry}.api.md`;
}

function configOf(entry: Entry, folder: string): ExtractorConfig {
  const built = Object.values(ENTRIES).map((path) => join(ROOT, path));
  return ExtractorConfig.prepare({
    configObject: {
      projectFolder: ROOT,
      mainEntryPointFilePath: join(ROOT, ENTRIES[entry]),
      compiler: {
        overrideTsconfig: {
          compilerOptions: {
            target: 'es2022',
            lib: ['es2024'],
            module: 'nodenext',
            moduleResolution: 'nodenext',
            strict: true,
            skipLibCheck: true,
            types: ['node'],
          },
          files: built,
        },
      },
      apiReport: {
        enabled: true,
        includeForgottenExports: true,
        reportFileName: fileOf(entry),
        reportFolder: folder,
        reportTempFolder: join(folder, 'temp'),
      },
      docModel: { enabled: false },
      dtsRollup: { enabled: false },
      tsdocMetadata: { enabled: false },
      messages: {
        compilerMessageReporting: SILENT,
        extractorMessageReporting: SILENT,
        tsdocMessageReporting: SILENT,
      },
    },
    configObjectFullPath: undefined,
    packageJsonFullPath: join(ROOT, 'package.json'),
  });
}
