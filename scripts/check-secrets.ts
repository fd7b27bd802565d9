// Looks for keys and tokens in the files of the repository. By their form alone, so that it needs no network and no
// history; what is in a commit is a secret no longer.
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** Written in parts where the pattern would find itself. */
const FORMS: readonly { what: string; pattern: RegExp }[] = [
	{ what: "a private key", pattern: /-----BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY(?: BLOCK)?-----\s*[A-Za-z0-9+/=]{16}/ },
	{ what: "a key of AWS", pattern: /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/ },
	{ what: "a token of GitHub", pattern: /\b(?:gh[pousr]_[A-Za-z0-9]{36,}|github_pat_[A-Za-z0-9_]{60,})\b/ },
	{ what: "a token of GitLab", pattern: /\bglpat-[\w-]{20,}/ },
	{ what: "a token of npm", pattern: /\bnpm_[A-Za-z0-9]{36}\b|_authToken\s*=\s*[^$\s]{8}/ },
	{ what: "a token of Slack", pattern: /\bxox[abeprs]-[A-Za-z0-9-]{10,}/ },
	{ what: "a key of Google", pattern: /\bAIza[\w-]{35}\b/ },
	{ what: "a key of a model's vendor", pattern: /\bsk-(?:ant-|proj-)?[A-Za-z0-9_-]{32,}/ },
	{ what: "a key of Stripe", pattern: /\b[rs]k_live_[A-Za-z0-9]{20,}/ },
	{ what: "a signed token", pattern: /\beyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]{20,}/ },
	{
		what: "a password in an address",
		pattern:
			/\b(?:https?|postgres(?:ql)?|amqp|redis):\/\/[^\s:/@"'`<>${}]+:(?!password\b|PASSWORD\b|secret\b|\.\.\.)[^\s/@"'`<>${}]{6,}@/,
	},
];

/** Made for tests, and of no use elsewhere. */
const MADE_FOR_TESTS: ReadonlySet<string> = new Set(["test/fixtures/releases/0.2.0/backup-private-key.pem"]);

export function findSecrets(path: string, text: string): string[] {
	if (MADE_FOR_TESTS.has(path)) return [];
	return FORMS.flatMap(({ what, pattern }) => {
		const found = pattern.exec(text);
		if (!found) return [];
		const line = text.slice(0, found.index).split("\n").length;
		// The thing itself is not printed: logs are kept.
		return [`${path}:${line} looks like ${what}.`];
	});
}

const self = fileURLToPath(import.meta.url);
if (process.argv[1] === self) {
	const root = dirname(dirname(self));
	const paths = execFileSync("git", ["ls-files", "-z"], { cwd: root, encoding: "utf8", maxBuffer: 2 ** 26 }).split(
		"\0",
	);
	const found = paths
		.filter((path) => path !== "" && !/\.(png|woff2?|ttf|gz|backup|wav|webm)$/.test(path))
		.flatMap((path) => {
			try {
				return findSecrets(path, readFileSync(join(root, path), "utf8"));
			} catch {
				// Removed, and not committed yet.
				return [];
			}
		});
	for (const one of found) console.log(one);
	process.exitCode = found.length === 0 ? 0 : 1;
}
