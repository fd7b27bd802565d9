import { useId } from "react";
import type { PrinterDeps } from "../../../protocol/api/printer-simulator.ts";
import type { Translate } from "../messages/messages.ts";
import css from "../printer.module.css";

interface Props<Part extends keyof PrinterDeps> {
	part: Part;
	choices: readonly PrinterDeps[Part][];
	/** Undefined while nobody knows how the printer is. */
	parts: PrinterDeps | undefined;
	t: Translate;
	change(parts: Partial<PrinterDeps>): void;
}

/** One part of the printer: the choice that is marked is what the printer says of itself. */
export function Hand<Part extends keyof PrinterDeps>({ part, choices, parts, t, change }: Props<Part>) {
	const name = useId();
	return (
		<fieldset className={css.hand} disabled={parts === undefined}>
			<legend>{t(part)}</legend>
			<div className={css.choices}>
				{choices.map((choice) => (
					<label key={choice}>
						<input
							type="radio"
							name={name}
							checked={parts?.[part] === choice}
							onChange={() => change({ [part]: choice })}
						/>
						{t(`${part}.${choice}` as Parameters<Translate>[0])}
					</label>
				))}
			</div>
		</fieldset>
	);
}
