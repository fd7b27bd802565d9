import { useState } from "react";
import type { PrinterSetup } from "../../../protocol/api/printer-setup.ts";
import type { FoundPrinter } from "../../../protocol/api/setup.ts";
import { PrinterList } from "../components/printer-list.tsx";
import { SheetQuestions } from "../components/sheet-questions.tsx";
import { StepFrame } from "../components/step-frame.tsx";
import type { Failure } from "../effects/first-start-effects.ts";
import styles from "../first-start.module.css";
import { failureText } from "../messages/messages.ts";
import type { StepProps } from "./step-props.ts";

type Phase = "choose" | "printing" | "check" | "wrong";

/** The printer: found, tried with the set-up sheet, and what a person saw on it. */
export function PrinterScreen({ t, setup, firstStart, goOn, goBack }: StepProps) {
	const { printer } = setup;
	const isFixed = printer.origin === "settings";
	const [phase, setPhase] = useState<Phase>("choose");
	const [known, setKnown] = useState<PrinterSetup | null>(null);
	const [failure, setFailure] = useState<Failure | null>(null);
	const [isBusy, setIsBusy] = useState(false);
	const failureLine = failure && failureText(failure, t);

	const fail = (why: Failure, to: Phase) => {
		setFailure(why);
		setPhase(to);
	};
	const printSheet = async (profile: string | null, ifNot: Phase) => {
		setFailure(null);
		setPhase("printing");
		const printed = await firstStart.printSheet(profile);
		if ("failure" in printed) return fail(printed.failure, ifNot);
		const read = await firstStart.readPrinter();
		if ("failure" in read) return fail(read.failure, ifNot);
		setKnown(read.value);
		setPhase("check");
	};
	const choose = async ({ address, profile }: FoundPrinter) => {
		setFailure(null);
		setPhase("printing");
		const used = await firstStart.choosePrinter(address);
		if ("failure" in used) return fail(used.failure, "choose");
		await printSheet(profile, "choose");
	};
	const goWithout = async () => {
		if (isFixed || printer.place === null) {
			const kept = isFixed ? { value: null } : await firstStart.choosePrinter(null);
			return "failure" in kept ? setFailure(kept.failure) : goOn();
		}
		goOn();
	};
	const keep = async (answers: Parameters<typeof firstStart.keepSheet>[0], isRight: boolean) => {
		setIsBusy(true);
		const kept = await firstStart.keepSheet(answers);
		setIsBusy(false);
		if ("failure" in kept) return setFailure(kept.failure);
		if (isRight) goOn();
		else await printSheet(null, "check");
	};

	if (phase === "printing")
		return (
			<StepFrame t={t} heading={t("printer.printing")} hint={t("printer.printingHint")}>
				<span className={styles.busy} aria-hidden="true" />
			</StepFrame>
		);
	if (phase === "check" && known)
		return (
			<StepFrame
				t={t}
				heading={t("printer.check")}
				hint={t("printer.checkHint")}
				failure={failureLine}
				onBack={() => setPhase("choose")}
				actions={
					<>
						<button type="button" className={styles.secondary} onClick={() => setPhase("wrong")}>
							{t("printer.wrong")}
						</button>
						<button
							type="button"
							className={styles.primary}
							disabled={isBusy}
							onClick={() =>
								void keep({ width: known.widthDots, picture: "whole", cut: known.hasCutter ? "cut" : "none" }, true)
							}
						>
							{t(isBusy ? "wait" : "printer.right")}
						</button>
					</>
				}
			>
				<ul className={styles.checks}>
					<li>{t("printer.checkWidth", { dots: String(known.widthDots) })}</li>
					<li>{t("printer.checkPicture")}</li>
					<li>{t(known.hasCutter ? "printer.checkCut" : "printer.checkTear")}</li>
				</ul>
			</StepFrame>
		);
	if (phase === "wrong" && known)
		return (
			<SheetQuestions
				t={t}
				known={known}
				isBusy={isBusy}
				failure={failureLine}
				onBack={() => setPhase("check")}
				onPrint={(profile) => void printSheet(profile, "wrong")}
				onKeep={(answers) => void keep(answers, false)}
			/>
		);
	return (
		<StepFrame
			t={t}
			heading={t("printer.heading")}
			hint={isFixed ? t("printer.fixed", { place: printer.place ?? "" }) : t("printer.hint")}
			failure={failureLine}
			isWide
			onBack={goBack}
			actions={
				<>
					{printer.place !== null && (
						<button type="button" className={styles.secondary} onClick={() => void printSheet(null, "choose")}>
							{t("printer.printAgain")}
						</button>
					)}
					<button type="button" className={styles.secondary} onClick={() => void goWithout()}>
						{t(printer.place === null ? "printer.none" : "next")}
					</button>
				</>
			}
		>
			{!isFixed && (
				<PrinterList t={t} firstStart={firstStart} used={printer.place} onChoose={(found) => void choose(found)} />
			)}
		</StepFrame>
	);
}
