//! Where segments are put when a program starts; they must fit, empty ones too.

use super::Refusal;
use wasmparser::{
    BinaryReaderError, ConstExpr, Data, DataKind, Element, ElementItems, ElementKind, Operator,
};

/// A segment that fills memory or a table at the start.
pub(super) struct Placed {
    filled: Filled,
    offset: u64,
    len: u64,
}

enum Filled {
    Memory,
    Table(u32),
}

impl Placed {
    /// A data segment, unless it is passive.
    pub(super) fn data(data: &Data<'_>) -> Result<Option<Self>, BinaryReaderError> {
        let DataKind::Active { offset_expr, .. } = &data.kind else {
            return Ok(None);
        };
        Ok(Some(Self {
            filled: Filled::Memory,
            offset: constant(offset_expr)?,
            len: data.data.len() as u64,
        }))
    }

    /// An element segment, unless it is passive.
    pub(super) fn element(element: &Element<'_>) -> Result<Option<Self>, BinaryReaderError> {
        let ElementKind::Active {
            table_index,
            offset_expr,
        } = &element.kind
        else {
            return Ok(None);
        };
        let len = match &element.items {
            ElementItems::Functions(items) => items.count(),
            ElementItems::Expressions(_, items) => items.count(),
        };
        Ok(Some(Self {
            filled: Filled::Table(table_index.unwrap_or_default()),
            offset: constant(offset_expr)?,
            len: len.into(),
        }))
    }

    /// Refuses a segment that reaches past the end of what it fills.
    pub(super) fn check(&self, pages: u64, tables: &[u64]) -> Result<(), Refusal> {
        let (what, room) = match self.filled {
            Filled::Memory => ("data", pages << 16),
            Filled::Table(index) => {
                let entries = tables.get(index as usize).copied();
                ("element", entries.unwrap_or_default())
            }
        };
        let (offset, len) = (self.offset, self.len);
        if offset + len > room {
            return Err(Refusal::OutOfBounds {
                what,
                len,
                offset,
                room,
            });
        }
        Ok(())
    }
}

/// The offset of a segment. Imports are functions only, so a valid one is a plain constant.
fn constant(expression: &ConstExpr<'_>) -> Result<u64, BinaryReaderError> {
    Ok(match expression.get_operators_reader().read()? {
        Operator::I32Const { value } => value.cast_unsigned().into(),
        _ => 0,
    })
}
