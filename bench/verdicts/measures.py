"""The scorer's figures → the rows of the goal table."""

from collections.abc import Mapping

from bench.verdicts.checker import Figures


def own_corpus(figures: Figures) -> dict[str, float]:
    """Rows measured with each case's own corpus."""
    inside = figures["internal"]
    return {
        "macro_f1": figures["macro_f1"],
        "passed": figures["error_passed_as_supported"],
        "false_alarms": figures["false_alarm_rate"],
        "alarm_recall": figures["alarm_recall"],
        "kind": figures["kind_accuracy"],
        "inside_found": inside["found"] / max(1, inside["wanted"]),
        "inside_false": float(max(0, inside["said"] - inside["found"])),
    }


def pooled(own: Mapping[str, float], figures: Figures) -> dict[str, float]:
    """What is lost where one corpus holds the documents of all cases."""
    common = own_corpus(figures)
    return {
        "pooled_f1": max(0.0, own["macro_f1"] - common["macro_f1"]),
        "pooled_passed": max(0.0, common["passed"] - own["passed"]),
        "pooled_false": max(0.0, common["false_alarms"] - own["false_alarms"]),
        "pooled_recall": max(0.0, own["alarm_recall"] - common["alarm_recall"]),
        "pooled_kind": max(0.0, own["kind"] - common["kind"]),
    }


def real(planted: Figures, clean: Figures) -> dict[str, float]:
    """Rows measured on published articles."""
    return {
        "planted": planted["alarm_recall"],
        "stray": clean["stray_alarms_per_100_claims"],
        "inside_clean": float(clean["internal"]["said"]),
    }
