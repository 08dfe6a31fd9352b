//! Works of the graph.

/// The id of a work: sequential from 1, parents before children, so ids are a topological order.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct WorkId(pub u64);

/// A ledger of a work in every asset. Ordered by work first, as settlement needs it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct WorkEpoch {
    /// The work.
    pub work: WorkId,
    /// Which of its sets of parents the money belongs to.
    pub epoch: u16,
}

/// What a work is. Models and data earn as parents and show as such.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(u8)]
pub enum WorkKind {
    /// A finished piece: image, text, sound, code.
    Output = 0,
    /// A trained model or an adapter to one.
    Model = 1,
    /// Data to train or condition on.
    Dataset = 2,
    /// A prompt or a template of prompts.
    Prompt = 3,
    /// A style others may work in.
    Style = 4,
    /// A tool or a workflow.
    Tool = 5,
}

impl WorkKind {
    /// Every kind, in the order of its code.
    pub const ALL: [Self; 6] = [
        Self::Output,
        Self::Model,
        Self::Dataset,
        Self::Prompt,
        Self::Style,
        Self::Tool,
    ];

    /// The kind with this code.
    #[must_use]
    pub fn from_code(code: u8) -> Option<Self> {
        Self::ALL.get(usize::from(code)).copied()
    }

    /// The name readers see.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Output => "output",
            Self::Model => "model",
            Self::Dataset => "dataset",
            Self::Prompt => "prompt",
            Self::Style => "style",
            Self::Tool => "tool",
        }
    }
}
