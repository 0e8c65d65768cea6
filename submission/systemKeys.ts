/** The keys of a system description, as the official rules of v6.1 name them. */

export interface SystemKey {
  /** Whether it has to have a value: a person decides what it is where the machine does not tell. */
  readonly required: boolean;
  /** What is expected, for the person who fills it in. */
  readonly expected: string;
}

export const STATUSES = ['available', 'preview', 'rdi'];

/** Systems without an accelerator say so. */
export const NOT_APPLICABLE = 'N/A';

const required = (expected: string): SystemKey => ({ required: true, expected });
const optional = (expected: string): SystemKey => ({ required: false, expected });

export const SYSTEM_KEYS: Readonly<Record<string, SystemKey>> = {
  division: required('the folder it lies in: closed or open'),
  submitter: required('the folder it lies in'),
  status: required('available, preview or rdi (research, development or internal)'),
  system_name: required('the name of the system, as it is to be published'),
  system_type: required('edge'),
  system_type_detail: optional('what kind of edge system, such as "edge server"'),
  number_of_nodes: required('a number: how many hosts'),
  host_processor_model_name: required('maker and model of the processor'),
  host_processors_per_node: required('a number: processors in sockets'),
  host_processor_core_count: required('a number: physical cores of one processor'),
  host_processor_frequency: optional('base and maximum, such as "2.4 GHz, 3.7 GHz"'),
  host_processor_caches: optional('sizes by level'),
  host_processor_interconnect: optional(`between processors, or ${NOT_APPLICABLE} for one`),
  host_memory_capacity: required('size with unit, such as "32 GB"'),
  host_memory_configuration: required('modules, such as "2 x 16 GB DDR5-4800"'),
  host_storage_capacity: required('size with unit, such as "1 TB"'),
  host_storage_type: required('such as "NVMe SSD"'),
  host_networking: required(`such as "Gigabit Ethernet", or ${NOT_APPLICABLE}`),
  host_network_card_count: required('a number and what they are, such as "1 x 10 GbE"'),
  host_networking_topology: required(`how hosts are connected, or ${NOT_APPLICABLE} for one host`),
  accelerators_per_node: required('a number as text: "0" for none'),
  accelerator_model_name: required(`maker and model, or ${NOT_APPLICABLE}`),
  accelerator_memory_capacity: required(`size with unit, or ${NOT_APPLICABLE}`),
  accelerator_memory_configuration: required(`kind of memory, or ${NOT_APPLICABLE}`),
  accelerator_host_interconnect: required(`such as "PCIe 5.0 x16", or ${NOT_APPLICABLE}`),
  accelerator_interconnect: required(`between accelerators, or ${NOT_APPLICABLE}`),
  accelerator_interconnect_topology: optional(`between accelerators, or ${NOT_APPLICABLE}`),
  accelerator_frequency: optional(`or ${NOT_APPLICABLE}`),
  'accelerator_on-chip_memories': optional(`or ${NOT_APPLICABLE}`),
  cooling: required('such as "air", "passive" or "liquid"'),
  framework: required('what computes, with its version; added from the first run'),
  operating_system: required('name and version, and the kernel'),
  other_software_stack: required('what else it runs on, with versions'),
  hw_notes: optional('what else is to be known of the machine'),
  sw_notes: optional('what else is to be known of the software'),
};
