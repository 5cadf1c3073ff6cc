//! How well the size is picked, and at what price: rounds that stop when enough is known, beside a fixed number of samples
//! picked by the reference tool's rule.
//!
//! `cargo bench --bench sampling`. Goals for the rounds: at least the decisions of 50 samples per size, with a third of
//! their invocations and a quarter of their GB-seconds, also on families of functions that no constant was chosen on.

#![allow(
    clippy::indexing_slicing,
    reason = "a bench that looks beside its tables fails loudly"
)]

mod families;
mod measure;

use families::{MOST, Made, NOISES, Noise, OWN_NOISES, OWN_SHAPES, SHAPES, Shape};
use fastrand::Rng;
use iacstone::lambda::MemoryMb;
use iacstone::power::evaluation::{Confidence, Evaluation, RoundSample, SizeSeries};
use iacstone::power::rounds::{RoundRules, Rounds};
use iacstone::power::statistics::trimmed_mean;
use measure::{Goal, heading, report};

/// Functions in a table.
const FUNCTIONS: usize = 2_000;
/// The sizes of most functions.
const USUAL: [u32; 8] = [128, 256, 512, 768, 1024, 1536, 2048, 3008];
/// What counts as right: this share more than the cheapest.
const TOLERANCE: f64 = 0.02;

/// How a procedure did, summed over functions.
#[derive(Debug, Default, Clone, Copy)]
struct Tally {
    functions: f64,
    right: f64,
    regret: f64,
    invocations: f64,
    megabyte_ms: f64,
}

impl Tally {
    fn add(&mut self, made: &Made, picked: usize, rounds: &[usize]) {
        self.functions += 1.0;
        self.right += f64::from(u8::from(made.regret(picked) <= TOLERANCE));
        self.regret += made.regret(picked);
        for (at, &rounds) in rounds.iter().enumerate() {
            // The first invocation is cold, and discarded.
            self.invocations += rounds as f64 + 1.0;
            let seen = made.samples[at].iter().take(rounds).sum::<f64>() + made.means[at];
            self.megabyte_ms += seen * f64::from(made.sizes[at]);
        }
    }

    fn right_percent(&self) -> f64 {
        100.0 * self.right / self.functions
    }
}

/// What is compared on the same functions.
#[derive(Default)]
struct Contest {
    reference: [Tally; 3],
    evaluated: Tally,
    rounds: Tally,
    topped_up: Tally,
    /// Runs that said they are sure, and those of them that were right.
    sure: (f64, f64),
    unsure: f64,
    /// Functions at which the rounds alone were right, and those at which 50 samples alone were.
    apart: (f64, f64),
}

const FIXED: [usize; 3] = [10, 20, 50];

impl Contest {
    fn play(&mut self, made: &Made, rng: &mut Rng) {
        let count = made.sizes.len();
        for (tally, samples) in self.reference.iter_mut().zip(FIXED) {
            tally.add(made, reference(made, samples), &vec![samples; count]);
        }
        let series: Vec<SizeSeries> = (0..count).map(|at| series(made, at, MOST)).collect();
        let fifty: Vec<SizeSeries> = series.iter().map(|size| size.after(50)).collect();
        let at_fifty = Evaluation::of(&fifty, |_| true, TOLERANCE).map(|it| place(made, it.best));
        self.evaluated
            .add(made, at_fifty.unwrap_or_default(), &vec![50; count]);
        let rounds = Rounds::through(&series, RoundRules::default());
        self.stopped(made, &rounds, &series, rng.usize(..count));
    }

    fn stopped(&mut self, made: &Made, rounds: &Rounds, series: &[SizeSeries], current: usize) {
        let Some(evaluation) = &rounds.evaluation else {
            return;
        };
        let picked = place(made, evaluation.best);
        let mut taken: Vec<usize> = vec![rounds.taken(); series.len()];
        for (memory, rounds) in rounds.dropped() {
            taken[place(made, memory)] = rounds;
        }
        self.rounds.add(made, picked, &taken);
        let is_right = |picked| made.regret(picked) <= TOLERANCE;
        match (is_right(picked), is_right(reference(made, 50))) {
            (true, false) => self.apart.0 += 1.0,
            (false, true) => self.apart.1 += 1.0,
            _ => {}
        }
        if evaluation.confidence == Confidence::Sure {
            self.sure.0 += 1.0;
            self.sure.1 += f64::from(u8::from(made.regret(picked) <= TOLERANCE));
        }
        self.unsure += f64::from(u8::from(evaluation.confidence == Confidence::CannotTell));
        let mut named: Vec<MemoryMb> = evaluation.within().collect();
        named.push(series[current].memory);
        let most = rounds.topped_up(&named);
        for memory in named {
            let taken = &mut taken[place(made, memory)];
            *taken = most.max(*taken);
        }
        let seen = series
            .iter()
            .zip(&taken)
            .map(|(size, rounds)| size.after(*rounds));
        let seen: Vec<SizeSeries> = seen.collect();
        let surviving: Vec<MemoryMb> = rounds.surviving().collect();
        let last = Evaluation::of(&seen, |memory| surviving.contains(&memory), TOLERANCE);
        let last = last.map(|it| place(made, it.best));
        self.topped_up.add(made, last.unwrap_or(picked), &taken);
    }

    fn tell(&self, title: &str) {
        heading(title);
        let of_fifty = &self.reference[2];
        for (tally, samples) in self.reference.iter().zip(FIXED) {
            line(
                &format!("{samples} samples per size, reference's rule"),
                tally,
                of_fifty,
            );
        }
        line("50 samples per size, evaluated", &self.evaluated, of_fifty);
        line("rounds", &self.rounds, of_fifty);
        line(
            "rounds, what is named topped up to 20",
            &self.topped_up,
            of_fifty,
        );
        let quality = 100.0 * (self.apart.0 - self.apart.1) / self.rounds.functions;
        // 1.96 standard errors of a difference in pairs (McNemar).
        let noise = 196.0 * (self.apart.0 + self.apart.1).sqrt() / self.rounds.functions;
        report(
            "rounds against 50: right decisions",
            quality,
            "points",
            Goal::AtLeast(-noise),
        );
        let share = 100.0 * self.rounds.invocations / of_fifty.invocations;
        report(
            "rounds against 50: invocations",
            share,
            "%",
            Goal::AtMost(34.0),
        );
        let share = 100.0 * self.rounds.megabyte_ms / of_fifty.megabyte_ms;
        report(
            "rounds against 50: GB-seconds",
            share,
            "%",
            Goal::AtMost(28.0),
        );
        let (said, right) = self.sure;
        report(
            "said to be 95 % sure, and right",
            100.0 * right / said,
            "%",
            Goal::AtLeast(95.0),
        );
        let all = self.rounds.functions;
        report("runs that say so", 100.0 * said / all, "%", Goal::None);
        report(
            "runs that cannot tell",
            100.0 * self.unsure / all,
            "%",
            Goal::None,
        );
    }

    #[expect(clippy::print_stdout, reason = "the figures are the output")]
    fn brief(&self, noise: Noise) {
        let of_fifty = &self.reference[2];
        println!(
            "{:<12} right: rounds {:>5.1} %, 50 samples {:>5.1} %; invocations {:>5.3}; cannot tell {:>3.0} %",
            format!("{noise:?}"),
            self.rounds.right_percent(),
            of_fifty.right_percent(),
            self.rounds.invocations / of_fifty.invocations,
            100.0 * self.unsure / self.rounds.functions,
        );
    }
}

#[expect(clippy::print_stdout, reason = "the figures are the output")]
fn line(what: &str, tally: &Tally, of_fifty: &Tally) {
    println!(
        "{what:<42} right {:>5.1} %  regret {:>5.2} %  {:>6.1} invocations ({:>5.3})  GB-s {:>5.3}",
        tally.right_percent(),
        100.0 * tally.regret / tally.functions,
        tally.invocations / tally.functions,
        tally.invocations / of_fifty.invocations,
        tally.megabyte_ms / of_fifty.megabyte_ms,
    );
}

/// What the reference tool picks: the smallest trimmed mean of billed durations, rounded up, times memory; ties to the
/// fastest.
fn reference(made: &Made, samples: usize) -> usize {
    let figures = made.sizes.iter().zip(&made.samples).map(|(memory, all)| {
        let kept = &all[..samples];
        let billed: Vec<f64> = kept.iter().map(|ms| ms.ceil()).collect();
        let cost = trimmed_mean(&billed, 0.2).unwrap_or_default().ceil() * f64::from(*memory);
        (cost, trimmed_mean(kept, 0.2).unwrap_or_default())
    });
    let mut best = (0, (f64::INFINITY, f64::INFINITY));
    for (at, figure) in figures.enumerate() {
        if figure < best.1 {
            best = (at, figure);
        }
    }
    best.0
}

fn series(made: &Made, at: usize, samples: usize) -> SizeSeries {
    let taken = made.samples[at].iter().take(samples).enumerate();
    SizeSeries {
        memory: megabytes(made.sizes[at]),
        weight: f64::from(made.sizes[at]),
        awaited: 0,
        rounds: samples,
        samples: taken
            .map(|(round, &duration_ms)| RoundSample {
                round,
                duration_ms,
                billed_ms: duration_ms.ceil(),
            })
            .collect(),
    }
}

fn megabytes(size: u32) -> MemoryMb {
    MemoryMb::new(size).unwrap_or(MemoryMb::MIN)
}

fn place(made: &Made, memory: MemoryMb) -> usize {
    let mut sizes = made.sizes.iter();
    sizes
        .position(|size| *size == memory.megabytes())
        .unwrap_or_default()
}

fn contest(shapes: &[Shape], noises: &[Noise], sizes: &[u32], functions: usize) -> Contest {
    let mut rng = Rng::with_seed(20_261_130);
    let mut contest = Contest::default();
    let families: Vec<(Shape, Noise)> = shapes
        .iter()
        .flat_map(|shape| noises.iter().map(move |noise| (*shape, *noise)))
        .collect();
    for (shape, noise) in families.iter().cycle().take(functions) {
        let made = Made::new(*shape, *noise, sizes, &mut rng);
        contest.play(&made, &mut rng);
    }
    contest
}

fn main() {
    let usual = contest(&SHAPES, &NOISES, &USUAL, FUNCTIONS);
    usual.tell("6 curves x 10 noises, 8 sizes, 2,000 functions");
    let shapes: Vec<Shape> = SHAPES.into_iter().chain(OWN_SHAPES).collect();
    let own = contest(&shapes, &OWN_NOISES, &USUAL, FUNCTIONS);
    own.tell("noises of its own x 8 curves, 8 sizes, 2,000 functions");
    let own = contest(&OWN_SHAPES, &NOISES, &USUAL, FUNCTIONS);
    own.tell("curves of its own x 10 noises, 8 sizes, 2,000 functions");
    let all: Vec<u32> = (128..=3008).step_by(64).collect();
    let many = contest(&SHAPES, &NOISES, &all, FUNCTIONS / 4);
    many.tell("6 curves x 10 noises, 46 sizes, 500 functions");
    heading("by noise, 8 curves, 400 functions each");
    for noise in NOISES.into_iter().chain(OWN_NOISES) {
        let of_noise = contest(&shapes, &[noise], &USUAL, FUNCTIONS / 5);
        of_noise.brief(noise);
    }
}
