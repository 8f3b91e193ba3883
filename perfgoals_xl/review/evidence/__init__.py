"""What texts and sums say: years, figures of goals, wording, quantities, reconciliation."""
