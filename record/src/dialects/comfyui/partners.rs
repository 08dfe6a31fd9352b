//! Nodes that have a picture made elsewhere (ComfyUI's `comfy_api_nodes`): the prompt is their own input.

use super::graph::{Node, Side};

/// Their classes, by the `node_id` of each in `comfy_api_nodes/nodes_*.py` and ComfyUI's own documentation of its nodes. Nodes that
/// answer in words are none of them, nor are those that only take a script to speak.
const CLASSES: &str = "
    BeebleSwitchXImageEdit BeebleSwitchXVideoEdit BriaGenFill BriaImageEditNode BriaImageGenerate
    BriaReplaceImageBackground ByteDance2FirstLastFrameNode ByteDance2ReferenceNode ByteDance2ReferenceNodeV2
    ByteDance2TextToVideoNode ByteDanceFirstLastFrameNode ByteDanceImageEditNode ByteDanceImageNode
    ByteDanceImageReferenceNode ByteDanceImageToVideoNode ByteDanceSeedreamLayerSeparationNode
    ByteDanceSeedreamLayerSeparationNodeV2 ByteDanceSeedreamNode ByteDanceSeedreamNodeV2 ByteDanceSeedreamNodeV3
    ByteDanceTextToVideoNode ComfyCloudFlux2TextToImageNode ComfyCloudMageFlowTextToImageNode
    ComfyCloudMageFlowTurboTextToImageNode ComfyCloudMiniMaxH3FirstLastFrameToVideoNode
    ComfyCloudMiniMaxH3ImageToVideoNode ComfyCloudMiniMaxH3TextToVideoNode ComfyCloudMiniMaxMusic3TextToAudioNode
    ComfyCloudZImageTurboNode Flux2ImageNode Flux2MaxImageNode Flux2ProImageNode Flux3ImageNode Flux3ImageToVideoNode
    Flux3MaxImageToVideoNode Flux3MaxTextToVideoNode Flux3TextToVideoNode Flux3VideoContinuationNode
    FluxKontextMaxImageNode FluxKontextProImageNode FluxProCannyNode FluxProDepthNode FluxProExpandNode FluxProFillNode
    FluxProImageNode FluxProUltraImageNode FluxVTONode FluxVideoEditNode FluxVideoUpscaleNode GeminiImage2Node
    GeminiImageNode GeminiNanoBanana2 GeminiNanoBanana2V2 GeminiVideoOmni GeminiVideoOmniV2 GrokImageEditNode
    GrokImageEditNodeV2 GrokImageNode GrokVideoEditNode GrokVideoExtendNode GrokVideoNode GrokVideoReferenceNode
    HappyHorseImageToVideoApi HappyHorseReferenceVideoApi HappyHorseTextToVideoApi HappyHorseVideoEditApi
    HeyGenImageToVideoNode HeyGenReferenceToVideoNode HiggsfieldMotionTransferNode HunyuanImageEditApi
    HunyuanImageTextToImageApi IdeogramEditApi IdeogramPreciseEditApi IdeogramTextToImageApi IdeogramV1 IdeogramV2
    IdeogramV3 IdeogramV4 IdeogramVectorGenerateApi KlingAvatarNode KlingCameraControlI2VNode KlingCameraControlT2VNode
    KlingFirstLastFrameNode KlingImage2VideoNode KlingImageGenerationNode KlingImageToVideoWithAudio KlingMotionControl
    KlingOmniProEditVideoNode KlingOmniProFirstLastFrameNode KlingOmniProImageNode KlingOmniProImageToVideoNode
    KlingOmniProTextToVideoNode KlingOmniProVideoToVideoNode KlingStartEndFrameNode KlingTextToVideoNode
    KlingTextToVideoWithAudio KlingVideoExtendNode KlingVideoNode Krea2ImageNode Krea3ImageNode LtxApi25AudioToVideo
    LtxApi25ImageToVideo LtxApi25TextToVideo LtxvApiImageToVideo LtxvApiTextToVideo LumaImageEditNode2
    LumaImageModifyNode LumaImageNode LumaImageNode2 LumaImageToVideoNode LumaRay32ExtendVideoNode
    LumaRay32ImageToVideoNode LumaRay32KeyframesToVideoNode LumaRay32TextToVideoNode LumaRay32VideoEditNode
    LumaRay32VideoReframeNode LumaVideoNode MagnificImageRelightNode MagnificImageStyleTransferNode
    MagnificImageUpscalerCreativeNode MeshyTextToModelNode MeshyTextToModelSmartTopologyNode MetaMuseImageEditApi
    MetaMuseImageTextToImageApi MinimaxHailuo03FirstLastFrameNode MinimaxHailuo03ReferenceNode
    MinimaxHailuo03RegenerateNode MinimaxHailuo03TextToVideoNode MinimaxHailuoVideoNode MinimaxImageToVideoNode
    MinimaxTextToVideoNode MireloTextToSFX MireloVideoToSFX MoonvalleyImg2VideoNode MoonvalleyTxt2VideoNode
    MoonvalleyVideo2VideoNode OpenAIDalle2 OpenAIDalle3 OpenAIGPTImage1 OpenAIGPTImageNodeV2 OpenAIVideoSora2
    OpenRouterImageNode PikaImageToVideoNode2_2 PikaScenesV2_2 PikaStartEndFrameNode2_2 PikaTextToVideoNode2_2
    Pikadditions Pikaswaps PixverseImageToVideoNode PixverseTextToVideoNode PixverseTransitionVideoNode
    PixverseV6ExtendVideoNode PixverseV6FirstLastFrameNode PixverseV6FusionVideoNode PixverseV6ImageToVideoNode
    PixverseV6TextToVideoNode PrunaImageToVideoNode PrunaTextToVideoNode QuiverTextToSVGNode QuiverTextToSVGNodeV2
    QwenImageEditApi QwenImageTextToImageApi RecraftImageInpaintingNode RecraftImageToImageNode
    RecraftReplaceBackgroundNode RecraftTextToImageNode RecraftTextToVectorNode RecraftV4TextToImageNode
    RecraftV4TextToVectorNode ReveImageCreateNode ReveImageRemixNode Rodin3D_Gen25_Text RunwayAleph2VideoToVideoNode
    RunwayFirstLastFrameNode RunwayImageToVideoNodeGen3a RunwayImageToVideoNodeGen4 RunwayTextToImageNode
    SoniloTextToMusic SoniloVideoToMusic StabilityStableImageSD_3_5Node StabilityStableImageUltraNode
    StabilityUpscaleConservativeNode StabilityUpscaleCreativeNode SyncTalkingImageNode Tencent3DTextureEditNode
    TencentTextToModelNode TripoP1TextToModelNode TripoPSeriesTextToModelNode TripoTextToModelNode
    TripoTextToModelNodeV2 Veo3FirstLastFrameNode Veo3VideoGenerationNode VeoVideoGenerationNode Vidu2ImageToVideoNode
    Vidu2ReferenceVideoNode Vidu2StartEndToVideoNode Vidu2TextToVideoNode Vidu3ImageToVideoNode Vidu3StartEndToVideoNode
    Vidu3TextToVideoNode Vidu4ImageToVideoNode Vidu4ReferenceVideoNode ViduExtendVideoNode ViduImageToVideoNode
    ViduReferenceVideoNode ViduStartEndToVideoNode ViduTextToVideoNode Wan2ImageToVideoApi Wan2ReferenceVideoApi
    Wan2TextToVideoApi Wan2VideoContinuationApi Wan2VideoEditApi Wan3ImageToVideoApi Wan3ReferenceToVideoApi
    WanImageToImageApi WanImageToVideoApi WanReferenceVideoApi WanTextToImageApi WanTextToVideoApi
";
const POSITIVE: [&str; 3] = ["prompt", "prompt_text", "model.prompt"];
const NEGATIVE: [&str; 2] = ["negative_prompt", "model.negative_prompt"];

/// The inputs that hold this side. [`None`] where it is no such node.
pub(super) fn inputs<'a>(node: &Node<'a>, side: Side) -> Option<Vec<&'a str>> {
    let is = node.has(&POSITIVE) && CLASSES.split_whitespace().any(|name| name == node.class);
    if !is {
        return None;
    }
    let names: &[&str] = match side {
        Side::Positive => &POSITIVE,
        Side::Negative => &NEGATIVE,
    };
    let inputs = node.inputs().map(|(name, _)| name);
    Some(inputs.filter(|name| names.contains(name)).collect())
}
