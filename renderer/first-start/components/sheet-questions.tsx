import { useState } from "react";
import type { PrinterSetup, SheetAnswers } from "../../../protocol/api/printer-setup.ts";
import { SHEET_WIDTHS } from "../../../protocol/model/sheet-widths.ts";
import styles from "../first-start.module.css";
import type { Translate } from "../messages/messages.ts";
import { StepFrame } from "./step-frame.tsx";

interface SheetQuestionsProps {
	t: Translate;
	known: PrinterSetup;
	isBusy: boolean;
	failure: string | null;
	onBack(): void;
	/** Another model: the sheet is printed with it. */
	onPrint(profile: string): void;
	onKeep(answers: SheetAnswers): void;
}

const PICTURES = ["whole", "torn"] as const;
const CUTS = ["cut", "early", "none"] as const;

/** What a sheet that came out wrong shows; or the printer's model, where that is known. */
export function SheetQuestions({ t, known, isBusy, failure, onBack, onPrint, onKeep }: SheetQuestionsProps) {
	const [isModel, setIsModel] = useState(false);
	const [width, setWidth] = useState<number>(known.widthDots);
	const [picture, setPicture] = useState<SheetAnswers["picture"]>("whole");
	const [cut, setCut] = useState<SheetAnswers["cut"]>(known.hasCutter ? "cut" : "none");
	const widths = [...new Set([...SHEET_WIDTHS.filter((one) => one < known.widthDots), known.widthDots])];
	if (isModel)
		return (
			<StepFrame
				t={t}
				heading={t("printer.model")}
				hint={t("printer.modelHint")}
				isWide
				onBack={() => setIsModel(false)}
			>
				<div className={styles.tiles} data-scrolls>
					{known.profiles.map((name) => (
						<button
							key={name}
							type="button"
							className={styles.tile}
							aria-pressed={name === known.profile}
							onClick={() => onPrint(name)}
						>
							{name}
						</button>
					))}
				</div>
			</StepFrame>
		);
	return (
		<StepFrame
			t={t}
			heading={t("printer.questions")}
			hint={t("printer.questionsHint")}
			failure={failure}
			isWide
			onBack={onBack}
			actions={
				<>
					<button type="button" className={styles.secondary} onClick={() => setIsModel(true)}>
						{t("printer.chooseModel")}
					</button>
					<button
						type="button"
						className={styles.primary}
						disabled={isBusy}
						onClick={() => onKeep({ width, picture, cut })}
					>
						{t(isBusy ? "wait" : "printer.tryAgain")}
					</button>
				</>
			}
		>
			<Choice legend={t("printer.width")} choices={widths} value={width} label={String} onChoose={setWidth} />
			<Choice<SheetAnswers["picture"]>
				legend={t("printer.picture")}
				choices={PICTURES}
				value={picture}
				label={(one) => t(`printer.picture.${one}`)}
				onChoose={setPicture}
			/>
			<Choice<SheetAnswers["cut"]>
				legend={t("printer.cut")}
				choices={CUTS}
				value={cut}
				label={(one) => t(`printer.cut.${one}`)}
				onChoose={setCut}
			/>
		</StepFrame>
	);
}

interface ChoiceProps<Value> {
	legend: string;
	choices: readonly Value[];
	value: Value;
	label(value: Value): string;
	onChoose(value: Value): void;
}

function Choice<Value extends string | number>({ legend, choices, value, label, onChoose }: ChoiceProps<Value>) {
	return (
		<fieldset className={styles.choice}>
			<legend>{legend}</legend>
			<div>
				{choices.map((one) => (
					<button
						key={one}
						type="button"
						className={styles.tile}
						aria-pressed={one === value}
						onClick={() => onChoose(one)}
					>
						{label(one)}
					</button>
				))}
			</div>
		</fieldset>
	);
}
