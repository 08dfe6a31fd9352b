//! Texts that cost much to understand.

use super::{alone, read_in_time, read_within, text, unreadable};

#[test]
fn json_of_depth_100_000_is_kept_whole_and_told() {
    let _alone = alone();
    let graph = r#"{"1": {"class_type": "KSampler", "inputs": "#;
    for inner in ["[", "{\"a\":"] {
        let says = format!("{graph}{}", inner.repeat(100_000));
        let reading = read_within(&text("prompt", &says));
        assert_eq!(unreadable(&reading), ["PNG tEXt prompt"]);
        assert!(reading.found[0].content == says, "kept whole");
    }
}

#[test]
fn graphs_of_50_000_nodes_are_read_or_told() {
    let _alone = alone();
    let chain = |at: usize| {
        format!(
            r#""{at}": {{"class_type": "Reroute", "inputs": {{"": ["{}", 0]}}}}"#,
            at + 1
        )
    };
    let star = |at: usize| {
        format!(r#""{at}": {{"class_type": "KSampler", "inputs": {{"positive": ["1", 0]}}}}"#)
    };
    for node in [&chain as &dyn Fn(usize) -> String, &star] {
        let nodes: Vec<_> = (0..50_000).map(node).collect();
        let reading = read_within(&text("prompt", &format!("{{{}}}", nodes.join(","))));
        assert!(!reading.found.is_empty());
    }
}

#[test]
fn texts_of_many_values_take_little_memory() {
    let _alone = alone();
    for value in ["[],", "0,", "{},", "{\"a\":0},", "\"\","] {
        let values = value.repeat((4 << 20) / value.len());
        let says = format!("{{\"1\": {{\"class_type\": \"A\", \"inputs\": [{values}0]}}}}");
        let reading = read_within(&text("prompt", &says));
        assert_eq!(unreadable(&reading), ["PNG tEXt prompt"]);
    }
}

/// A graph of nodes, each by its id, class and inputs.
fn graph(nodes: impl Iterator<Item = (String, String, String)>) -> Vec<u8> {
    let node =
        |(id, class, inputs)| format!(r#""{id}":{{"class_type":"{class}","inputs":{{{inputs}}}}}"#);
    let nodes: Vec<_> = nodes.map(node).collect();
    text("prompt", &format!("{{{}}}", nodes.join(",")))
}

fn sampler(at: usize, from: &str) -> (String, String, String) {
    (
        format!("s{at}"),
        "KSampler".to_owned(),
        format!(r#""seed":1,"positive":["{from}",0]"#),
    )
}

#[test]
fn many_samplers_at_the_end_of_a_chain_are_read_in_time() {
    let link = |at: usize| {
        (
            at.to_string(),
            "C".to_owned(),
            format!(r#""conditioning":["{}",0]"#, at + 1),
        )
    };
    read_in_time(
        |size| {
            graph(
                (0..size)
                    .map(link)
                    .chain((0..size).map(|at| sampler(at, &at.to_string()))),
            )
        },
        3_000,
    );
}

#[test]
fn one_node_by_all_its_outputs_is_read_in_time() {
    let inputs = |to: &str, numbered: usize, size: usize| {
        let inputs = (0..size).map(|at| format!(r#""cond{at}":["{to}",{}]"#, at * numbered));
        inputs.collect::<Vec<_>>().join(",")
    };
    let make = |size| {
        let nodes = [
            ("x", inputs("e", 0, size)),
            ("y", inputs("x", 1, size)),
            ("e", r#""text":"a""#.to_owned()),
        ];
        let nodes = nodes
            .into_iter()
            .map(|(id, inputs)| (id.to_owned(), "C".to_owned(), inputs));
        graph(nodes.chain([sampler(0, "y")]))
    };
    read_in_time(make, 3_000);
}

#[test]
fn long_texts_that_many_nodes_join_take_little_memory() {
    let make = |size| {
        let long = (
            "t".to_owned(),
            "Text".to_owned(),
            format!(r#""text":"{}""#, "a".repeat(200_000)),
        );
        let joined = |at: usize| {
            let inputs = format!(r#""text_a":["t",0],"text_b":"{at}","delimiter":"""#);
            let encoded = format!(r#""text":["j{at}",0]"#);
            [
                (format!("j{at}"), "JoinText".to_owned(), inputs),
                (format!("e{at}"), "CLIPTextEncode".to_owned(), encoded),
                sampler(at, &format!("e{at}")),
            ]
        };
        graph([long].into_iter().chain((0..size).flat_map(joined)))
    };
    read_in_time(make, 400);
}

#[test]
fn loras_and_models_of_swarmui_are_read_in_time() {
    let make = |size| {
        let loras = "\"a\",".repeat(size);
        let models: Vec<_> = (0..size)
            .map(|at| format!(r#"{{"name":"m{at}","hash":"0x1"}}"#))
            .collect();
        let says = format!(
            r#"{{"sui_image_params":{{"loras":[{loras}"b"]}},"sui_models":[{}]}}"#,
            models.join(",")
        );
        text("parameters", &says)
    };
    read_in_time(make, 5_000);
}
