//! Where the content of a file comes from, in the IPTC's vocabulary of digital source types.

/// A term of <http://cv.iptc.org/newscodes/digitalsourcetype/> as of 2024-09-17, in the order listed there and without
/// what it retired. The codes are ours.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(u8)]
pub enum SourceType {
    /// The creator does not say.
    Unstated = 0,
    /// Captured from real life by a camera or recorder.
    DigitalCapture = 1,
    /// Several captures merged by a camera.
    ComputationalCapture = 2,
    /// Digitised from a negative.
    NegativeFilm = 3,
    /// Digitised from a positive.
    PositiveFilm = 4,
    /// Digitised from a print.
    Print = 5,
    /// Changed by people with tools that generate nothing.
    HumanEdits = 6,
    /// Changed by a generative model (inpainting, outpainting).
    CompositeWithTrainedAlgorithmicMedia = 7,
    /// Changed by an algorithm that is no generative model.
    AlgorithmicallyEnhanced = 8,
    /// Made by people with digital tools.
    DigitalCreation = 9,
    /// Drawn by software from data.
    DataDrivenMedia = 10,
    /// Made by a generative model.
    TrainedAlgorithmicMedia = 11,
    /// Made by an algorithm without training data.
    AlgorithmicMedia = 12,
    /// Captured from a screen.
    ScreenCapture = 13,
    /// A recording of a virtual event.
    VirtualRecording = 14,
    /// Several elements of any kind.
    Composite = 15,
    /// Several captures from real life.
    CompositeCapture = 16,
    /// Several elements, one of them synthetic.
    CompositeSynthetic = 17,
}

impl SourceType {
    /// Every type, in the order of its code.
    pub const ALL: [Self; 18] = [
        Self::Unstated,
        Self::DigitalCapture,
        Self::ComputationalCapture,
        Self::NegativeFilm,
        Self::PositiveFilm,
        Self::Print,
        Self::HumanEdits,
        Self::CompositeWithTrainedAlgorithmicMedia,
        Self::AlgorithmicallyEnhanced,
        Self::DigitalCreation,
        Self::DataDrivenMedia,
        Self::TrainedAlgorithmicMedia,
        Self::AlgorithmicMedia,
        Self::ScreenCapture,
        Self::VirtualRecording,
        Self::Composite,
        Self::CompositeCapture,
        Self::CompositeSynthetic,
    ];

    /// The type with this code.
    #[must_use]
    pub fn from_code(code: u8) -> Option<Self> {
        Self::ALL.get(usize::from(code)).copied()
    }

    /// The last part of the term's URI; empty where the creator does not say.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Unstated => "",
            Self::DigitalCapture => "digitalCapture",
            Self::ComputationalCapture => "computationalCapture",
            Self::NegativeFilm => "negativeFilm",
            Self::PositiveFilm => "positiveFilm",
            Self::Print => "print",
            Self::HumanEdits => "humanEdits",
            Self::CompositeWithTrainedAlgorithmicMedia => "compositeWithTrainedAlgorithmicMedia",
            Self::AlgorithmicallyEnhanced => "algorithmicallyEnhanced",
            Self::DigitalCreation => "digitalCreation",
            Self::DataDrivenMedia => "dataDrivenMedia",
            Self::TrainedAlgorithmicMedia => "trainedAlgorithmicMedia",
            Self::AlgorithmicMedia => "algorithmicMedia",
            Self::ScreenCapture => "screenCapture",
            Self::VirtualRecording => "virtualRecording",
            Self::Composite => "composite",
            Self::CompositeCapture => "compositeCapture",
            Self::CompositeSynthetic => "compositeSynthetic",
        }
    }
}
