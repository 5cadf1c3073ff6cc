//! How samples resemble each other: those of one round, which have the same payload, and neighbours in time.

use super::figures::SizeFigures;
use super::location::{average, squares};
use super::series::SizeSeries;

/// Neighbours count as alike from this normal deviate on (90 %, one side).
const ALIKE: f64 = 1.28;
/// The most that neighbours can be alike in this model.
const MOST_ALIKE: f64 = 0.8;
/// The most that a round can be alike.
const MOST_OF_A_ROUND: f64 = 0.98;

/// What resemblance does to the comparison of two sizes.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Resemblance {
    /// The correlation of the sizes' samples in the same round, 0 to 1: it makes differences surer.
    pub of_a_round: f64,
    /// How many times the variance counts because neighbours in time are alike, at least 1: it makes them less sure.
    pub stretch: f64,
}

impl Resemblance {
    /// Of the sizes that are still measured, over the rounds that all of them have a sample of.
    pub(super) fn of(sizes: &[(&SizeSeries, &SizeFigures)]) -> Self {
        let rounds = complete_rounds(sizes);
        let rows: Vec<Vec<f64>> = sizes
            .iter()
            .map(|(series, figures)| influences(series, figures, &rounds))
            .collect();
        let of_a_round = of_a_round(&rows, sizes);
        Self {
            of_a_round,
            stretch: stretch(rows, &rounds, of_a_round > 0.0),
        }
    }
}

fn complete_rounds(sizes: &[(&SizeSeries, &SizeFigures)]) -> Vec<usize> {
    let Some(((first, _), others)) = sizes.split_first() else {
        return Vec::new();
    };
    let has = |series: &SizeSeries, round: usize| {
        let found = series.samples.binary_search_by_key(&round, |it| it.round);
        found.is_ok()
    };
    let rounds = first.samples.iter().map(|sample| sample.round);
    rounds
        .filter(|&round| others.iter().all(|(series, _)| has(series, round)))
        .collect()
}

/// The influences of a size's samples in these rounds.
fn influences(series: &SizeSeries, figures: &SizeFigures, rounds: &[usize]) -> Vec<f64> {
    let samples = series.samples.iter().zip(&figures.influences);
    samples
        .filter(|(sample, _)| rounds.binary_search(&sample.round).is_ok())
        .map(|(_, &influence)| influence)
        .collect()
}

fn of_a_round(rows: &[Vec<f64>], sizes: &[(&SizeSeries, &SizeFigures)]) -> f64 {
    let (sizes_f, rounds) = (rows.len() as f64, rows.first().map_or(0, Vec::len));
    if rows.len() < 2 || rounds == 0 {
        return 0.0;
    }
    let scaled = rows.iter().zip(sizes).map(|(row, (_, figures))| {
        let scale = (figures.variance * figures.count as f64).sqrt();
        row.iter().map(|it| it / scale).collect::<Vec<f64>>()
    });
    let mut sums = vec![0.0; rounds];
    let mut own = 0.0;
    for row in scaled {
        own += squares(&row);
        for (sum, value) in sums.iter_mut().zip(row) {
            *sum += value;
        }
    }
    if own <= 0.0 {
        return 0.0;
    }
    let across = (squares(&sums) - own) / ((sizes_f - 1.0) * own);
    let chance = 1.0 / (rounds as f64 * sizes_f * (sizes_f - 1.0) / 2.0).sqrt();
    (across - chance).clamp(0.0, MOST_OF_A_ROUND)
}

fn stretch(mut rows: Vec<Vec<f64>>, rounds: &[usize], rounds_are_alike: bool) -> f64 {
    if rounds_are_alike {
        take_off_rounds(&mut rows);
    }
    let own: f64 = rows.iter().map(|row| squares(row)).sum();
    if own <= 0.0 {
        return 1.0;
    }
    let neighbours: f64 = rows.iter().map(|row| neighbours(row, rounds)).sum();
    let alike = neighbours / own + 1.0 / rounds.len() as f64;
    if alike * ((rows.len() * rounds.len()) as f64).sqrt() < ALIKE {
        return 1.0;
    }
    let alike = alike.min(MOST_ALIKE);
    (1.0 + alike) / (1.0 - alike)
}

/// Takes off each value what its round has in common.
fn take_off_rounds(rows: &mut [Vec<f64>]) {
    let rounds = rows.first().map_or(0, Vec::len);
    for round in 0..rounds {
        let column: Vec<f64> = rows
            .iter()
            .filter_map(|row| row.get(round))
            .copied()
            .collect();
        let common = average(&column);
        for value in rows.iter_mut().filter_map(|row| row.get_mut(round)) {
            *value -= common;
        }
    }
}

/// The products of values in rounds that follow each other; a gap is not bridged.
fn neighbours(row: &[f64], rounds: &[usize]) -> f64 {
    let pairs = row.iter().zip(row.iter().skip(1));
    let gaps = rounds.iter().zip(rounds.iter().skip(1));
    pairs
        .zip(gaps)
        .filter(|(_, (before, after))| *before + 1 == **after)
        .map(|((before, after), _)| before * after)
        .sum()
}
