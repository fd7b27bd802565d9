import { useId } from "react";
import type { PrinterControls } from "../../../protocol/api/printer-simulator.ts";
import type { Translate } from "../messages/messages.ts";
import styles from "../printer.module.css";

interface ControlsProps {
	/** Undefined while the page has no connection to the printer. */
	controls: PrinterControls | undefined;
	t: Translate;
	setControls(change: Partial<PrinterControls>): void;
}

/** Every control of the printer. The checked choice is the one that the printer reports. */
export function Controls(props: ControlsProps) {
	return (
		<section className={styles.controls} aria-label={props.t("controls")}>
			<Control name="power" choices={["on", "off"]} {...props} />
			<Control name="cover" choices={["closed", "open"]} {...props} />
			<Control name="paper" choices={["full", "near-end", "out"]} {...props} />
			<Control name="cutter" choices={["free", "jammed"]} {...props} />
		</section>
	);
}

interface ControlProps<Name extends keyof PrinterControls> extends ControlsProps {
	name: Name;
	choices: readonly PrinterControls[Name][];
}

function Control<Name extends keyof PrinterControls>({ name, choices, controls, t, setControls }: ControlProps<Name>) {
	const group = useId();
	return (
		<fieldset className={styles.control} disabled={controls === undefined}>
			<legend>{t(name)}</legend>
			<div className={styles.choices}>
				{choices.map((choice) => (
					<label key={choice}>
						<input
							type="radio"
							name={group}
							checked={controls?.[name] === choice}
							onChange={() => setControls({ [name]: choice })}
						/>
						{t(`${name}.${choice}` as Parameters<Translate>[0])}
					</label>
				))}
			</div>
		</fieldset>
	);
}
