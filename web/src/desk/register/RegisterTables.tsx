import "./register.css";
import { Button, Table, Tag } from "antd";
import type { RegisterFound, Sale } from "../../api/types";
import { registerWords } from "../../messages/wall.zh-CN";

const { columns: words, none, soldBy, yuan } = registerWords;

type CustomerLine = RegisterFound["customers"][number];
type ProductLine = RegisterFound["products"][number];

interface CustomerTableProps {
  customers: CustomerLine[];
  onOpen(id: string): void;
}

export function CustomerTable({ customers, onOpen }: CustomerTableProps) {
  return (
    <Table<CustomerLine>
      size="small"
      rowKey="id"
      showHeader={false}
      pagination={false}
      dataSource={customers}
      scroll={{ x: "max-content" }}
      columns={[
        {
          key: "name",
          render: (_, customer) => (
            <>
              <Button
                type="link"
                className="inline-button"
                data-testid="customer"
                onClick={() => onOpen(customer.id)}
              >
                {customer.name}
              </Button>
              {customer.key_customer && <Tag color="gold">{registerWords.keyCustomer}</Tag>}
            </>
          ),
        },
        { key: "phones", render: (_, customer) => customer.phones_masked.join(" ") },
        { key: "address", render: (_, customer) => customer.address ?? none },
      ]}
    />
  );
}

interface SaleTableProps {
  sales: Sale[];
  onCustomer?: (id: string) => void;
}

export function SaleTable({ sales, onCustomer }: SaleTableProps) {
  return (
    <Table<Sale>
      size="small"
      rowKey="id"
      pagination={false}
      dataSource={sales}
      scroll={{ x: "max-content" }}
      columns={[
        { title: words.serial, render: (_, sale) => sale.serial ?? none },
        {
          title: words.product,
          render: (_, { product }) => (
            <>
              {product.name} <span className="quiet">{product.model}</span>
            </>
          ),
        },
        { title: words.bought, dataIndex: "purchase_date" },
        { title: words.delivered, render: (_, sale) => sale.delivery_date ?? none },
        { title: words.order, render: (_, sale) => sale.order_number ?? none },
        { title: words.soldBy, render: (_, sale) => sale.dealer ?? soldBy[sale.sold_by] },
        { title: words.price, render: (_, sale) => (sale.price ? yuan(sale.price) : none) },
        {
          key: "customer",
          render: (_, { customer_id }) =>
            customer_id && onCustomer ? (
              <Button type="link" className="inline-button" onClick={() => onCustomer(customer_id)}>
                {registerWords.openFile}
              </Button>
            ) : null,
        },
      ]}
    />
  );
}

export function ProductTable({ products }: { products: ProductLine[] }) {
  return (
    <Table<ProductLine>
      size="small"
      rowKey="model"
      showHeader={false}
      pagination={false}
      dataSource={products}
      columns={[{ dataIndex: "model", width: 200 }, { dataIndex: "name" }]}
    />
  );
}
