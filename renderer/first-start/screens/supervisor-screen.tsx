import { useState } from "react";
import { Keyboard } from "../components/keyboard.tsx";
import { Keypad } from "../components/keypad.tsx";
import { StepFrame } from "../components/step-frame.tsx";
import styles from "../first-start.module.css";
import { failureText } from "../messages/messages.ts";
import type { StepProps } from "./step-props.ts";

const SHORTEST_PIN = 4;
const LONGEST_PIN = 12;
const LONGEST_NAME = 64;

/** The first account: a name, and a PIN twice. */
export function SupervisorScreen({ t, setup, firstStart, goBack }: StepProps) {
	const [phase, setPhase] = useState<"name" | "pin" | "again">("name");
	const [name, setName] = useState("");
	const [pin, setPin] = useState("");
	const [again, setAgain] = useState("");
	const [isBusy, setIsBusy] = useState(false);
	const [failure, setFailure] = useState<string | null>(null);

	const restart = (why: string, to: "name" | "pin") => {
		setFailure(why);
		setPin("");
		setAgain("");
		setPhase(to);
	};
	const finish = async () => {
		setIsBusy(true);
		const result = await firstStart.addSupervisor({ name, pin });
		setIsBusy(false);
		if ("value" in result) return;
		const { code } = result.failure;
		restart(failureText(result.failure, t), code === "STAFF_EXISTS" || code === "NAME_REFUSED" ? "name" : "pin");
	};
	const typeAgain = (typed: string) => {
		const next = typed.slice(0, pin.length);
		setAgain(next);
		if (next.length < pin.length || isBusy) return;
		if (next === pin) void finish();
		else restart(t("supervisor.different"), "pin");
	};

	if (phase === "name")
		return (
			<StepFrame
				t={t}
				heading={t("supervisor.heading")}
				hint={t("supervisor.hint")}
				failure={failure}
				isWide
				onBack={goBack}
				actions={
					<button
						type="button"
						className={styles.primary}
						disabled={name.trim() === ""}
						onClick={() => {
							setFailure(null);
							setPhase("pin");
						}}
					>
						{t("next")}
					</button>
				}
			>
				<KnownNames t={t} names={setup.withoutPin.administrators} onChoose={setName} />
				<p className={styles.typed} dir="ltr" data-empty={name === "" || undefined}>
					{name === "" ? t("supervisor.name") : name}
				</p>
				<Keyboard t={t} value={name} isName onChange={(typed) => setName(typed.slice(0, LONGEST_NAME))} />
			</StepFrame>
		);
	const typed = phase === "pin" ? pin : again;
	return (
		<StepFrame
			t={t}
			heading={t(phase === "pin" ? "supervisor.pin" : "supervisor.again", { name: name.trim() })}
			hint={t(phase === "pin" ? "supervisor.pinHint" : "supervisor.againHint")}
			failure={failure}
			onBack={() => {
				setAgain("");
				setPin("");
				setPhase(phase === "pin" ? "name" : "pin");
			}}
		>
			<p className={styles.pin} role="status" aria-label={t("supervisor.typed", { count: String(typed.length) })}>
				{[...typed].map((_, index) => (
					// biome-ignore lint/suspicious/noArrayIndexKey: digits are only counted.
					<span key={index} />
				))}
			</p>
			<Keypad
				t={t}
				value={typed}
				onChange={(digits) => {
					setFailure(null);
					if (phase === "pin") setPin(digits.slice(0, LONGEST_PIN));
					else typeAgain(digits);
				}}
				onDone={phase === "pin" && pin.length >= SHORTEST_PIN ? () => setPhase("again") : undefined}
			/>
		</StepFrame>
	);
}

/** Who administered the device before this one: a tap instead of typing. */
function KnownNames({ t, names, onChoose }: Pick<StepProps, "t"> & { names: string[]; onChoose(name: string): void }) {
	if (names.length === 0) return null;
	return (
		<fieldset className={styles.known}>
			<legend>{t("supervisor.known")}</legend>
			{names.map((name) => (
				<button key={name} type="button" className={styles.secondary} onClick={() => onChoose(name)}>
					<bdi>{name}</bdi>
				</button>
			))}
		</fieldset>
	);
}
