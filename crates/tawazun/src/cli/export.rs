//! `tawazun export`: claims or documents as JSON lines, CSV or Parquet, page by page.

use std::io::Write;

use anyhow::{Context, Result, bail};
use serde_json::Value;
use store::{Query, Store};

use super::{ExportArguments, Format, Outcome, What, list};
use crate::json;

const PAGE: usize = 1000;
/// The columns of tables, in their order.
const CLAIMS: [&str; 19] = [
    "claim",
    "document",
    "outlet",
    "language",
    "published",
    "day",
    "day_basis",
    "type",
    "source",
    "source_text",
    "target",
    "target_text",
    "realis",
    "said_by",
    "when",
    "where",
    "trigger",
    "evidence",
    "confidence",
];
const DOCUMENTS: [&str; 7] = [
    "id",
    "title",
    "outlet",
    "url",
    "author",
    "language",
    "published",
];

pub(super) fn run(store: &Store, arguments: &ExportArguments) -> Result<Outcome> {
    let mut output: Box<dyn Write + Send> = match &arguments.output {
        Some(path) => {
            let file = std::fs::File::create(path)
                .with_context(|| format!("cannot write {}", path.display()))?;
            Box::new(std::io::BufWriter::new(file))
        }
        None => Box::new(std::io::BufWriter::new(std::io::stdout())),
    };
    let mut query = arguments.list.query()?;
    query.limit = PAGE;
    let columns: &[&str] = match arguments.what {
        What::Claims => &CLAIMS,
        What::Documents => &DOCUMENTS,
    };
    match arguments.format {
        Format::Jsonl => each_page(store, arguments.what, query, &mut |rows| {
            for row in rows {
                writeln!(output, "{row}")?;
            }
            Ok(())
        })?,
        Format::Csv => {
            let mut table = csv::Writer::from_writer(&mut output);
            table.write_record(columns)?;
            each_page(store, arguments.what, query, &mut |rows| {
                for row in rows {
                    table.write_record(columns.iter().map(|c| guarded(cell(&row, c))))?;
                }
                Ok(())
            })?;
            table.flush()?;
        }
        Format::Parquet => {
            if arguments.output.is_none() {
                bail!("a Parquet file cannot go to a terminal or pipe; give --output FILE");
            }
            let mut table = parquet_table(&mut output, columns)?;
            each_page(store, arguments.what, query, &mut |rows| {
                add_group(&mut table, columns, &rows)
            })?;
            table.close()?;
        }
    }
    output.flush().context("cannot write what was exported")?;
    Ok(Outcome::Well)
}

fn each_page(
    store: &Store,
    what: What,
    mut query: Query,
    take: &mut dyn FnMut(Vec<Value>) -> Result<()>,
) -> Result<()> {
    loop {
        let (rows, next) = match what {
            What::Claims => {
                let page = store.claims(&query)?;
                let documents = list::documents(store, &page.items)?;
                let row = |c: &base::Claim| json::listed(c, &documents[&c.document().0]);
                (page.items.iter().map(row).collect::<Vec<_>>(), page.next)
            }
            What::Documents => {
                let page = store.documents(&query)?;
                (page.items.iter().map(json::document).collect(), page.next)
            }
        };
        if !rows.is_empty() {
            take(rows)?;
        }
        match next {
            Some(next) => query.after = Some(next),
            None => return Ok(()),
        }
    }
}

/// One field of a row as text; several actors are joined by a bar.
fn cell(row: &Value, column: &str) -> String {
    let (field, part) = match column.strip_suffix("_text") {
        Some(field) => (field, "text"),
        None => (column, "code"),
    };
    match &row[field] {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Array(list) => list
            .iter()
            .filter_map(|v| v[part].as_str())
            .collect::<Vec<_>>()
            .join("|"),
        Value::Object(fields) => fields
            .get("text")
            .and_then(Value::as_str)
            .unwrap_or_default()
            .to_string(),
        other => other.to_string(),
    }
}

/// A cell that a spreadsheet would take for a formula gets a quote before it.
fn guarded(cell: String) -> String {
    if cell.starts_with(['=', '+', '-', '@', '\t', '\r']) && cell.parse::<f64>().is_err() {
        format!("'{cell}")
    } else {
        cell
    }
}

type Table<'a> = parquet::file::writer::SerializedFileWriter<&'a mut Box<dyn Write + Send>>;

fn parquet_table<'a>(output: &'a mut Box<dyn Write + Send>, columns: &[&str]) -> Result<Table<'a>> {
    let fields: String = columns
        .iter()
        .map(|c| {
            if *c == "confidence" {
                format!("REQUIRED DOUBLE {c};")
            } else {
                format!("REQUIRED BYTE_ARRAY {c} (UTF8);")
            }
        })
        .collect();
    let schema =
        parquet::schema::parser::parse_message_type(&format!("message rows {{ {fields} }}"))?;
    Ok(parquet::file::writer::SerializedFileWriter::new(
        output,
        schema.into(),
        Default::default(),
    )?)
}

fn add_group(table: &mut Table<'_>, columns: &[&str], rows: &[Value]) -> Result<()> {
    use parquet::data_type::{ByteArray, ByteArrayType, DoubleType};
    let mut group = table.next_row_group()?;
    for column in columns {
        let Some(mut writer) = group.next_column()? else {
            break;
        };
        if *column == "confidence" {
            let values: Vec<f64> = rows
                .iter()
                .map(|r| r[*column].as_f64().unwrap_or_default())
                .collect();
            writer
                .typed::<DoubleType>()
                .write_batch(&values, None, None)?;
        } else {
            let values: Vec<ByteArray> = rows
                .iter()
                .map(|r| ByteArray::from(cell(r, column).as_str()))
                .collect();
            writer
                .typed::<ByteArrayType>()
                .write_batch(&values, None, None)?;
        }
        writer.close()?;
    }
    group.close()?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::{cell, guarded};
    use serde_json::json;

    #[test]
    fn several_actors_stand_in_one_cell() {
        let row = json!({"source": [{"text": "Baku", "code": "AZE-GOV"}, {"text": "Moscow", "code": "RUS-GOV"}], "evidence": {"text": "x"}});
        assert_eq!(cell(&row, "source"), "AZE-GOV|RUS-GOV");
        assert_eq!(cell(&row, "source_text"), "Baku|Moscow");
        assert_eq!(cell(&row, "evidence"), "x");
        assert_eq!(cell(&row, "when"), "");
    }

    #[test]
    fn a_spreadsheet_takes_no_cell_for_a_formula() {
        assert_eq!(guarded("=1+1".into()), "'=1+1");
        assert_eq!(guarded("-0.5".into()), "-0.5");
    }
}
