/**
 * Prints one fact on standard output. Programs get it as one line of JSON; a person at a terminal reads `plain`, or
 * the JSON where there is none.
 */
export type Print = (fact: object, plain?: string) => void;

export function printer(stdout: NodeJS.WritableStream & { isTTY?: boolean }, isJson: boolean): Print {
	const isForPeople = !isJson && stdout.isTTY === true;
	return (fact, plain) => {
		stdout.write(`${isForPeople && plain !== undefined ? plain : JSON.stringify(fact)}\n`);
	};
}

/** Lines such as "  Desk   http://...", with the labels in one column. */
export function alignLabels(lines: ReadonlyArray<readonly [label: string, value: string | undefined]>): string {
	const shown = lines.filter(([, value]) => value !== undefined);
	const width = Math.max(...shown.map(([label]) => label.length));
	return shown.map(([label, value]) => `  ${label.padEnd(width)}  ${value}`).join("\n");
}
