/**
 * The words of a `paihao` command that the shell's own program was started with, such as `Paihao.exe staff list`;
 * undefined where it is to open its window. Behind a packaged program stand its words, elsewhere the app's folder first.
 */
export function commandWords(argv: readonly string[], { isPackaged }: { isPackaged: boolean }): string[] | undefined {
	const words = argv.slice(isPackaged ? 1 : 2);
	return words[0] !== undefined && /^[a-z]/.test(words[0]) ? words : undefined;
}

const SERVICES = new Set(["demo", "station", "kiosk", "server", "printer"]);

/** Whether a command runs until it is told to end: "server", but not "server code". */
export function isService([name = "", next = "-"]: readonly string[]): boolean {
	return SERVICES.has(name) && next.startsWith("-");
}
