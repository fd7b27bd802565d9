import { useId } from "react";
import type { PrinterParts } from "../../../protocol/api/printer-simulator.ts";
import type { Say } from "../messages/messages.ts";
import css from "../printer.module.css";

interface Props<Part extends keyof PrinterParts> {
	part: Part;
	choices: readonly PrinterParts[Part][];
	/** Undefined while nobody knows how the printer is. */
	parts: PrinterParts | undefined;
	say: Say;
	change(parts: Partial<PrinterParts>): void;
}

/** One part of the printer: the choice that is marked is what the printer says of itself. */
export function Hand<Part extends keyof PrinterParts>({ part, choices, parts, say, change }: Props<Part>) {
	const name = useId();
	return (
		<fieldset className={css.hand} disabled={parts === undefined}>
			<legend>{say(part)}</legend>
			<div className={css.choices}>
				{choices.map((choice) => (
					<label key={choice}>
						<input
							type="radio"
							name={name}
							checked={parts?.[part] === choice}
							onChange={() => change({ [part]: choice })}
						/>
						{say(`${part}.${choice}` as Parameters<Say>[0])}
					</label>
				))}
			</div>
		</fieldset>
	);
}
